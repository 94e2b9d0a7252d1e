import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { problemDocument } from './problem-reply.ts';
import { problemKinds, RequestProblem } from './request-problem.ts';
import { securityHeaders } from './security-headers.ts';

/** Answers what never became a request, so that Node gives only a socket: bytes that are not HTTP, or came too slowly. */
export function refuseUnreadable(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const { status } = problemKinds[problem.slug];
  const body = JSON.stringify(problemDocument(problem, '/'));
  const headers = {
    ...securityHeaders,
    'content-type': 'application/problem+json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end([`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...head, '', body].join('\r\n'));
}

function problemOf(code: string | undefined): RequestProblem {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return new RequestProblem(
        'request-timeout',
        'The request came too slowly. Send it again, with the same event ids.',
      );
    case 'HPE_HEADER_OVERFLOW':
      return new RequestProblem('headers-too-large', 'The headers are larger than the server reads, 16 KiB.');
    default:
      return new RequestProblem('invalid-request', 'The request is not HTTP as the server reads it.');
  }
}
