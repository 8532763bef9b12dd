/**
 * Handlers that read a JSON body up to a size, for routes that take one: `server.post(path, ...jsonBody(), handler)`.
 * Anything not declared as JSON is refused before a byte of it is read.
 *
 * Not restify's bodyParser: it writes multipart uploads to the temporary folder, without limit.
 */
import * as restify from 'restify';
import { Refusal } from './refusal';

/** Bot Framework's own limit for an activity. */
export const MAX_BODY_BYTES = 262_144;

export function jsonBody(maxBodySize = MAX_BODY_BYTES): restify.RequestHandler[] {
  return [onlyJson, restify.plugins.bodyReader({ maxBodySize }), parseJson];
}

const onlyJson: restify.RequestHandler = (req, _res, next) => {
  next(/^application\/json\s*(;|$)/i.test(req.headers['content-type'] ?? '') ? undefined : new Refusal(415));
};

const parseJson: restify.RequestHandler = (req, _res, next) => {
  try {
    req.body = JSON.parse(Buffer.isBuffer(req.body) ? req.body.toString('utf8') : String(req.body ?? ''));
    next();
  } catch {
    next(new Refusal(400)); // The parser's message quotes the body; it stays here.
  }
};
