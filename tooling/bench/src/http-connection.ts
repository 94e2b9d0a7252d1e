import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A keep-alive connection that has one request under way at a time. */
export interface HttpConnection {
  /** Sends a request as it is and resolves with the status when its answer has come; throws when none comes. */
  exchange(request: Buffer): Promise<number>;
  close(): void;
}

const headEnd = '\r\n\r\n';

/**
 * Connects to a service on this machine. It reads of an answer what tells its end and no more, so that measuring a request
 * costs less than answering it: the clients that applications use cost about as much as the service.
 */
export async function openConnection(url: string): Promise<HttpConnection> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  await once(socket, 'connect');
  let waiting: PromiseWithResolvers<number> | undefined;
  let received = '';
  const fail = (error: Error) => waiting?.reject(error);
  socket.on('error', fail).on('close', () => fail(new Error('the service hung up')));
  socket.setEncoding('latin1').on('data', (text: string) => {
    received += text;
    const status = statusOfWhole(received);
    if (status === undefined) return;
    received = '';
    waiting?.resolve(status);
  });
  return {
    exchange(request) {
      waiting = Promise.withResolvers<number>();
      socket.write(request);
      return waiting.promise;
    },
    close: () => endQuietly(socket),
  };
}

/** Writes a request with all that its exchange needs. */
export function writeRequest(method: string, url: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const { host, pathname, search } = new URL(url);
  const head = [
    `${method} ${pathname}${search} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
  ];
  return Buffer.concat([Buffer.from(head.join('\r\n') + headEnd), body]);
}

// The service tells the length of every answer that is measured here.
function statusOfWhole(answer: string): number | undefined {
  const end = answer.indexOf(headEnd);
  if (end < 0) return undefined;
  const length = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
  if (Number.isNaN(length))
    throw new Error(`expected an answer with its length, received: ${answer.slice(0, end)}`);
  return answer.length < end + headEnd.length + length ? undefined : Number(answer.slice(9, 12));
}

function endQuietly(socket: Socket): void {
  socket.removeAllListeners('close');
  socket.destroy();
}
