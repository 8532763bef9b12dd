/** One line that grows while the scripts run; nothing where the output is no terminal. */
export interface ProgressBar {
  step(passed: boolean): void;
  end(): void;
}

const WIDTH = 30;
const EVERY_MS = 80;

export function progressBar(all: number, out: NodeJS.WriteStream): ProgressBar {
  let [done, failed, drawnAt] = [0, 0, 0];
  const draw = () => {
    const filled = Math.round((WIDTH * done) / Math.max(all, 1));
    const told = failed > 0 ? `，没通过 ${failed}` : '';
    out.write(`\r${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done}/${all}${told}`);
    drawnAt = Date.now();
  };
  return {
    step(passed) {
      done += 1;
      if (!passed) failed += 1;
      if (out.isTTY && (done === all || Date.now() - drawnAt >= EVERY_MS)) draw();
    },
    end() {
      if (out.isTTY) out.write('\r\u001b[K');
    },
  };
}
