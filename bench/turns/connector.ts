/**
 * Stands in for the connector that a bot answers to: counts what arrives. A process of its own, since the echo bot's turn is
 * not over without it, so that what it takes can be counted too. Prints its address; GET tells the count.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let replies = 0;
const server = createServer((req, res) => {
  if (req.method === 'GET') {
    res.end(String(replies));
    return;
  }
  req.resume();
  req.on('end', () => {
    replies += 1;
    res.writeHead(200, { 'Content-Type': 'application/json' });
    res.end(`{"id":"${replies}"}`);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`http://localhost:${(server.address() as AddressInfo).port}`));
process.on('SIGTERM', () => process.exit(0));
