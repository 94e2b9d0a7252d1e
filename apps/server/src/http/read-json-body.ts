import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseExactJson } from './parse-exact-json.ts';
import { RequestProblem } from './request-problem.ts';

/** A request's body as it came: its bytes, or the limit it is over. */
type ReadBody = { readonly bytes: Buffer } | { readonly isOver: number };

/**
 * Makes `application/json` the only body the server reads. A body over the limit is read to its end and thrown away,
 * so that the client gets its 413 and the connection stays usable; one far over the limit is cut off.
 */
export function acceptJsonBodies(server: FastifyInstance, bodyBytesMax: number): void {
  server.removeAllContentTypeParsers();
  // Fastify closes the connection when a parser fails, so this one never does: parseJsonBody judges what it read.
  server.addContentTypeParser('application/json', (_request: unknown, stream: AsyncIterable<Buffer>) =>
    readAll(stream, bodyBytesMax),
  );
}

/**
 * Parses the body of a request.
 * @throws {RequestProblem} when it is missing, too large, not UTF-8 or not JSON
 */
export function parseJsonBody(request: FastifyRequest): unknown {
  // The only parser is the one above; without a body none runs.
  const body = request.body as ReadBody | undefined;
  if (body !== undefined && 'isOver' in body) throw tooLarge(body.isOver);
  if (body === undefined || body.bytes.length === 0) {
    throw new RequestProblem('invalid-request', 'The body is empty: send JSON.');
  }
  // Decoding would replace bad bytes silently, and the record would differ from what was sent.
  if (!isUtf8(body.bytes)) throw new RequestProblem('invalid-request', 'The body is not UTF-8.');
  return parseJson(body.bytes.toString());
}

const drainFactor = 8;

async function readAll(stream: AsyncIterable<Buffer>, bytesMax: number): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= bytesMax) chunks.push(chunk);
    else if (bytes > bytesMax * drainFactor) break;
  }
  return bytes > bytesMax ? { isOver: bytesMax } : { bytes: Buffer.concat(chunks) };
}

function parseJson(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    throw new RequestProblem('invalid-request', `The body is not JSON: ${reason}`, { cause: error });
  }
}

function tooLarge(bytesMax: number): RequestProblem {
  return new RequestProblem(
    'request-too-large',
    `The body has more than ${bytesMax} bytes. Send it in several requests.`,
  );
}
