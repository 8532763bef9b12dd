/** Requests as bytes on a real socket, for what no HTTP client would send. */
import { connect } from 'node:net';

export interface RawResponse {
  status: number;
  head: string;
  body: string;
}

/** Sends the bytes, then reads until the server closes or the response is whole. */
export function rawRequest(port: number, bytes: string | Buffer, timeoutMs = 5000): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const parts: Buffer[] = [];
    const finish = () => {
      clearTimeout(limit);
      socket.destroy();
      resolve(parse(Buffer.concat(parts).toString('utf8')));
    };
    const limit = setTimeout(() => reject(new Error('no whole response in time')), timeoutMs);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (part) => {
      parts.push(part);
      if (isWhole(Buffer.concat(parts))) finish();
    });
    socket.on('close', finish);
    socket.on('error', () => {}); // A reset after the response is the server's right; what came before counts.
  });
}

/** A request with a JSON body, its head lines replaceable. */
export function postOf(path: string, body: string | Buffer, headers: Record<string, string> = {}): Buffer {
  const head = {
    Host: 'localhost',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`), Buffer.from(body)]);
}

function parse(text: string): RawResponse {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head, body: rest.join('\r\n\r\n') };
}

function isWhole(bytes: Buffer): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: *(\d+)/i.exec(bytes.subarray(0, end).toString());
  return length !== null && bytes.length >= end + 4 + Number(length[1]);
}
