# The service as an image: built with everything, shipped with what it needs to run, started as nobody in particular.
#   docker build -t lyg12345-report-bot . && docker run --init -p 3978:3978 lyg12345-report-bot
FROM node:22-bookworm AS build
WORKDIR /app
# Dependencies in a layer of their own; nodejieba is compiled here (this image has python3, make and g++).
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json ./
COPY src src
COPY widget widget
COPY fonts fonts
RUN npm run --silent build && npm prune --omit=dev --no-audit --no-fund

FROM node:22-bookworm-slim
# Large pages for the dictionary, which is spread over 200 MB: start-up takes half of the time.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3978 GLIBC_TUNABLES=glibc.malloc.hugetlb=1
WORKDIR /app
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY data data
COPY dialogs dialogs
# Where unanswered questions and votes are kept (KEEP_DIR): the one folder that the service writes to.
RUN mkdir -p var/kept && chown -R node:node var
USER node
EXPOSE 3978
# Alive, not ready: a container must not be started anew because Redis is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# node itself, not npm: signals (SIGTERM ends, SIGHUP reads the data again) reach the service.
CMD ["node", "dist/index.js"]
