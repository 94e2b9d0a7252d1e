import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseExactJson } from './parse-exact-json.ts';
import { RequestProblem } from './request-problem.ts';

/** A request's body as it came: its bytes, or why they were thrown away. */
type ReadBody =
  | { readonly bytes: Buffer }
  | { readonly isOver: number }
  | { readonly isOver: 'all bodies together' };

/** How much of bodies is read. */
export interface BodyLimits {
  /** Largest body. */
  readonly bodyBytesMax: number;
  /** Bytes of all bodies that are held at one time, from their reading to their answers. */
  readonly bodiesBytesMax: number;
}

/**
 * Makes `application/json` the only body the server reads. A body over the limit is read to its end and thrown away,
 * so that the client gets its 413 and the connection stays usable; one far over the limit is cut off.
 */
export function acceptJsonBodies(server: FastifyInstance, limits: BodyLimits): void {
  const held = new HeldBytes(limits.bodiesBytesMax);
  server.removeAllContentTypeParsers();
  // Fastify closes the connection when a parser fails, so this one never does: parseJsonBody judges what it read.
  server.addContentTypeParser('application/json', (request: FastifyRequest, stream: Readable) =>
    readAll(stream, limits.bodyBytesMax, (bytes) => held.take(request, bytes)),
  );
  server.addHook('onRequest', (request, reply, done) => {
    // Comes once, whether the answer was sent or the client is gone.
    if (request.method !== 'GET') reply.raw.once('close', () => held.release(request));
    done();
  });
}

/** Counts the bytes that requests hold, so that many large ones at once do not take all memory. */
class HeldBytes {
  readonly #bytesMax: number;
  readonly #byRequest = new WeakMap<FastifyRequest, number>();
  readonly #released = new WeakSet<FastifyRequest>();
  #bytes = 0;

  constructor(bytesMax: number) {
    this.#bytesMax = bytesMax;
  }

  /** Adds to what a request holds; false when that would be too much for all of them. */
  take(request: FastifyRequest, bytes: number): boolean {
    // What still comes out of a stream after its client is gone is held by nobody.
    if (this.#bytes + bytes > this.#bytesMax || this.#released.has(request)) return false;
    this.#bytes += bytes;
    this.#byRequest.set(request, (this.#byRequest.get(request) ?? 0) + bytes);
    return true;
  }

  release(request: FastifyRequest): void {
    this.#bytes -= this.#byRequest.get(request) ?? 0;
    this.#byRequest.delete(request);
    this.#released.add(request);
  }
}

/**
 * Parses the body of a request.
 * @throws {RequestProblem} when it is missing, too large, not UTF-8 or not JSON
 */
export function parseJsonBody(request: FastifyRequest): unknown {
  // The only parser is the one above; without a body none runs.
  const body = request.body as ReadBody | undefined;
  if (body !== undefined && 'isOver' in body) {
    throw body.isOver === 'all bodies together' ? tooMuchAtOnce() : tooLarge(body.isOver);
  }
  if (body === undefined || body.bytes.length === 0) {
    throw new RequestProblem('invalid-request', 'The body is empty: send JSON.');
  }
  // Decoding would replace bad bytes silently, and the record would differ from what was sent.
  if (!isUtf8(body.bytes)) throw new RequestProblem('invalid-request', 'The body is not UTF-8.');
  return parseJson(body.bytes.toString());
}

const drainFactor = 8;

// By its events: going through a stream with `for await` takes longer than all else that is done with a small request.
function readAll(stream: Readable, bytesMax: number, hold: (bytes: number) => boolean): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let isHeld = true;
  return new Promise((resolve, reject) => {
    const end = () => {
      if (bytes > bytesMax) resolve({ isOver: bytesMax });
      else resolve(isHeld ? { bytes: joined(chunks) } : { isOver: 'all bodies together' });
    };
    stream.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      isHeld &&= bytes > bytesMax || hold(chunk.length);
      if (isHeld && bytes <= bytesMax) chunks.push(chunk);
      else chunks.length = 0;
      if (bytes <= bytesMax * drainFactor) return;
      end();
      stream.destroy();
    });
    stream.once('end', end);
    stream.once('error', reject);
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new Error('the client was gone before the end of its request'));
    });
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first, ...more] = chunks;
  return first !== undefined && more.length === 0 ? first : Buffer.concat(chunks);
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

function tooMuchAtOnce(): RequestProblem {
  const detail =
    'Too much is sent at once; nothing of the request was taken. Send it again, with the same event ids.';
  return new RequestProblem('service-unavailable', detail, { headers: { 'retry-after': '1' } });
}
