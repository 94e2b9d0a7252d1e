import fc from 'fast-check';

const event = '{"version":"1.0"}';

// Heads and bodies that contradict each other, or HTTP itself.
const pieces: readonly string[] = [
  'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET /readyz HTTP/1.0\r\n\r\n',
  'GET http://x/healthz HTTP/1.1\r\nhost: x\r\n\r\n',
  `POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${event.length}\r\n\r\n${event}`,
  `POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3\r\n\r\n${event}`,
  `POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n${event}`,
  `POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`,
  'POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  'POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-length: -1\r\n\r\n',
  'POST /api/v1/audit/events HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n',
  'FROBNICATE /healthz HTTP/1.1\r\nhost: x\r\n\r\n',
  'CONNECT x:443 HTTP/1.1\r\nhost: x\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n',
  'GET /healthz HTTP/1.1\r\n\r\n',
  'GET /healthz HTTP/9.9\r\nhost: x\r\n\r\n',
  'GET /%00 HTTP/1.1\r\nhost: x\r\nbad header\r\n\r\n',
  `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nhost: x\r\n\r\n`,
  '\r\n\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000',
];

/** Any bytes that a client may write to a connection: requests one behind the other, torn, contradicting, or none. */
export const anySocketBytes: fc.Arbitrary<Buffer> = fc
  .array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...pieces).map((piece) => Buffer.from(piece)) },
      { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
    ),
    { minLength: 1, maxLength: 4 },
  )
  .chain((parts) => {
    const bytes = Buffer.concat(parts);
    const torn = fc.nat({ max: bytes.length }).map((end) => bytes.subarray(0, end));
    return fc.oneof({ weight: 4, arbitrary: fc.constant(bytes) }, { weight: 1, arbitrary: torn });
  });
