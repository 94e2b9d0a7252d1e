import { once } from 'node:events';
import { connect } from 'node:net';

/** One answer as it came over a socket. */
export interface SocketAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Writes bytes to a new connection, ends it, and reads what comes until the server has ended it as well. */
export async function answersTo(url: string, bytes: Buffer): Promise<SocketAnswer[]> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  // A server may hang up on bytes that it has not read.
  socket.on('error', () => {});
  socket.end(bytes);
  await once(socket, 'close');
  return parseAnswers(Buffer.concat(chunks).toString('latin1'));
}

function parseAnswers(text: string): SocketAnswer[] {
  const answers: SocketAnswer[] = [];
  for (let rest = text; rest !== ''; ) {
    const [head = ''] = rest.split('\r\n\r\n', 1);
    const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head) ?? [];
    if (status === undefined) throw new Error(`no answer begins with: ${rest.slice(0, 100)}`);
    // 100 Continue has no body and no length.
    const length = Number(headerOf(head, 'content-length') ?? 0);
    const begin = head.length + 4;
    const body = rest.slice(begin, begin + length);
    if (body.length < length)
      throw new Error(`an answer ${status} is cut off after ${body.length} of ${length} bytes`);
    answers.push({ status: Number(status), contentType: headerOf(head, 'content-type') ?? '', body });
    rest = rest.slice(begin + length);
  }
  return answers;
}

function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1];
}
