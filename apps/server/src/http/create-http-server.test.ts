import { expect, it } from 'vitest';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { answersTo } from '../test-support/fuzz/socket-answers.ts';
import { startTestServer } from '../test-support/test-server.ts';

const healthz = 'GET /healthz HTTP/1.1\r\nhost: x\r\n';

it('answers what is no HTTP with a problem, and never in the place of another answer', async () => {
  const { url } = await startTestServer(openMigratedPglite);
  const statuses = async (text: string) =>
    (await answersTo(url, Buffer.from(text))).map(({ status, contentType }) => `${status} ${contentType}`);
  const problem = '400 application/problem+json';
  expect(await statuses('\u0000\u0001 not HTTP\r\n\r\n')).toEqual([problem]);
  expect(await statuses('GET /healthz HTTP/1.1\r\n\r\n')).toEqual([`${problem}; charset=utf-8`]);
  expect(await statuses(`${healthz}expect: the-unexpected\r\nconnection: close\r\n\r\n`)).toEqual([
    '200 application/json; charset=utf-8',
  ]);
  const refused = await statuses(`${healthz}\r\nnot HTTP\r\n\r\n`);
  expect([[], ['200 application/json; charset=utf-8', problem]]).toContainEqual(refused);
});
