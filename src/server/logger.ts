/**
 * The log: JSON lines, each with the turn it belongs to. Nothing personal gets in, by three fences: what is logged are ids,
 * codes and times, never what people say; keys that could hold more are crossed out; and whatever still looks like a
 * telephone number, an identity card or an address of mail in a line, or is a secret of the settings, is crossed out there.
 *
 *     {"level":30,"time":1732350000000,"turn":"5f0c…","channel":"directline","kind":"answer","grade":"原文","ms":1.9,"msg":"turn"}
 */
import { createHmac } from 'node:crypto';
import pino, { type Logger } from 'pino';

export interface LogParts {
  level: string;
  /** Values that may stand nowhere. */
  secrets: readonly string[];
  /** Told of each warning and error, by its words: they are ours, and few. */
  onFault?: (level: 'warn' | 'error', words: string) => void;
  write: (line: string) => void;
}

const CROSSED_OUT = '〔隐去〕';
/** Keys under which somebody might one day log what a person said, who it is, or how a request proves itself. */
const HIDDEN_KEYS: ReadonlySet<string> = new Set([
  'text',
  'said',
  'question',
  'from',
  'user',
  'userId',
  'person',
  'headers',
  'authorization',
  'token',
]);

/** Identity card, mobile telephone, telephone with area code, mail. Ids of ours, in letters and digits, are left alone. */
const PERSONAL =
  /(?<![\w-])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63})(?![\w-])/g;

export function createLogger({ level, secrets, onFault, write }: LogParts): Logger {
  const hide = hiding(secrets);
  const options: pino.LoggerOptions = {
    level,
    base: null, // The process is named by whoever gathers the lines.
    formatters: { log: (fields) => withoutHidden(fields) },
    hooks: {
      logMethod(args, method, severity) {
        const words = args.find((arg): arg is string => typeof arg === 'string');
        if (words !== undefined && severity >= 40) onFault?.(severity >= 50 ? 'error' : 'warn', words);
        method.apply(this, args);
      },
    },
  };
  return pino(options, { write: (line: string) => write(hide(line)) });
}

/** The fields of a line, and those of what stands in them, without what may be hidden. */
function withoutHidden(fields: object, isInside = false): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    shown[key] = HIDDEN_KEYS.has(key) ? CROSSED_OUT : isObject && !isInside ? withoutHidden(value, true) : value;
  }
  return shown;
}

function hiding(secrets: readonly string[]): (line: string) => string {
  // As they stand in JSON. A secret of a few letters would cross out half of the log; doctor warns of those.
  const values = secrets.filter(({ length }) => length >= 6).map((secret) => JSON.stringify(secret).slice(1, -1));
  return (line) => {
    let hidden = line.replace(PERSONAL, (_, at: number) => (isBareNumber(line, at) ? `"${CROSSED_OUT}"` : CROSSED_OUT));
    for (const value of values) if (hidden.includes(value)) hidden = hidden.replaceAll(value, CROSSED_OUT);
    return hidden;
  };
}

/** Behind the colon of a key; within a text its quote would bear a backslash. */
function isBareNumber(line: string, at: number): boolean {
  return line.slice(at - 2, at) === '":' && line[at - 3] !== '\\';
}

/** A name for a conversation by which its lines are found together, and which tells nobody whose it is. */
export function pseudonyms(secret: string): (id: string) => string {
  const known = new Map<string, string>();
  return (id) => {
    const name = known.get(id) ?? createHmac('sha256', secret).update(id).digest('base64url').slice(0, 12);
    if (known.size >= MOST_NAMES) known.clear();
    known.set(id, name);
    return name;
  };
}

/** As many as may talk at the same time, and some more. */
const MOST_NAMES = 10_000;
