import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// What Node's HTTP costs with nothing behind it: the body is read and an answer of the service's length sent at once.
const answer = Buffer.from(
  JSON.stringify({ event_id: 'x'.repeat(36), message: 'Audit event created successfully' }),
);

const server = createServer((request, response) => {
  request
    .on('data', () => undefined)
    .on('end', () => {
      response
        .writeHead(201, { 'content-type': 'application/json', 'content-length': answer.length })
        .end(answer);
    });
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
