import { unseenCharacter } from '@audit/schema';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { closedUrl, startStubServer } from '../test-support/stub-server.ts';

beforeAll(() => {
  vi.stubEnv('XDG_CONFIG_HOME', '/nowhere');
  return () => vi.unstubAllEnvs();
});

// One of every command that asks a server and does nothing before.
const commandLines: readonly (readonly string[])[] = [
  ['query'],
  ['trail', 'rr-1'],
  ['why', 'rr-1'],
  ['diff', 'rr-1', 'rr-2'],
  ['tail'],
  ['stats'],
  ['show', '019bbbc8-90c6-770c-b57b-8625edb2dea2'],
  ['reconstruct', 'rr-1'],
  ['verify-chain', 'rr-1'],
  ['keys'],
  ['status'],
  ['retention'],
  ['hold', 'place', 'rr-1', '--reason', 'r'],
  ['hold', 'list'],
  ['hold', 'release', 'rr-1', '--reason', 'r'],
  ['erase', '--subject', 's', '--reason', 'r'],
];

describe.each(commandLines)('audit %s', (...commandLine) => {
  it.each([
    ['nobody is there', undefined, 'cannot reach'],
    ['he has no token', { status: 401, body: { detail: 'who are you?' } }, '401'],
    ['his token has not the role', { status: 403, body: { detail: 'not you\u001b[2J' } }, '403'],
    ['a login page answers', { status: 200, body: '<html>' }, 'is that an audit server?'],
    ['JSON of something else answers', { status: 200, body: { status: 'ok' } }, 'is that an audit server?'],
    ['the server is going down', { status: 503, body: { detail: 'later' } }, '503'],
  ] as const)('tells in one line that %s, and exits with 4', async (_, answer, message) => {
    const url = answer === undefined ? await closedUrl() : (await startStubServer(() => answer)).url;
    const { exitCode, stderr, stdout } = await runCommand([
      ...commandLine,
      '--url',
      url,
      '--token',
      'secret-token',
    ]);
    // Probes are answered whatever the status is, and then by no audit server.
    const expected =
      commandLine[0] === 'status' && answer !== undefined ? 'is that an audit server?' : message;
    expect([exitCode, stdout]).toEqual([4, '']);
    expect(stderr).toMatch(/^audit: .+\n$/);
    expect(stderr).toContain(expected);
    expect(stderr.trim()).not.toMatch(unseenCharacter);
    expect(stderr).not.toContain('secret');
  });

  it('needs a server', async () => {
    const { exitCode, stderr } = await runCommand(commandLine);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('which server?')]);
  });
});

it('a refusal tells what to do', async () => {
  const stub = (status: number) => startStubServer(() => ({ status, body: { detail: 'no' } }));
  const told = async (status: number) =>
    (await runCommand(['stats', '--url', (await stub(status)).url])).stderr;
  expect(await told(401)).toContain('give a token with AUDIT_TOKEN, --token or a profile');
  expect(await told(403)).toContain('this token has not the role for it');
});
