import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { problemDocument } from './problem-reply.ts';
import { problemKinds, RequestProblem } from './request-problem.ts';
import { securityHeaders } from './security-headers.ts';

type UnreadableError = Error & { readonly code?: string };

/** Answers what never became a request, so that Node gives only a socket: bytes that are not HTTP, or came too slowly. */
export interface UnreadableRequests {
  /** Looks at the connections of a server from now on. */
  watch(server: FastifyInstance): void;
  refuse(error: UnreadableError, socket: Socket): void;
}

/**
 * Refuses what cannot be read with a problem, and hangs up. While another request of the connection is not answered it only
 * hangs up: the client would take the refusal for the answer to that one, which may have been carried out.
 */
export function createUnreadableRequests(): UnreadableRequests {
  const newest = new WeakMap<Socket, ServerResponse>();
  return {
    watch: ({ server }) => void server.on('request', ({ socket }, response) => newest.set(socket, response)),
    refuse(error, socket) {
      if (socket.writable && isFree(socket, newest.get(socket))) answer(error, socket);
      else socket.destroy();
    },
  };
}

// Answered, or itself the one that cannot be read to its end; a response that waits for its turn has no socket yet.
function isFree(socket: Socket, response: ServerResponse | undefined): boolean {
  if (response === undefined || response.writableFinished) return true;
  return !response.req.complete && !response.headersSent && response.socket === socket;
}

function answer(error: UnreadableError, socket: Socket): void {
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
