import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { openMemoryPglite } from '../store/pglite.ts';
import { startTestServer } from '../test-support/test-server.ts';

it('answers bytes that are not HTTP with a problem and hangs up', async () => {
  const server = await startTestServer(openMemoryPglite);
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  socket.write('\u0000\u0001 not HTTP\r\n\r\n');
  await once(socket, 'end');
  socket.destroy();
  const [head, body] = answer.split('\r\n\r\n');
  expect(head?.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  expect(JSON.parse(body ?? '')).toMatchObject({ type: 'urn:audit:problem:invalid-request', status: 400 });
});
