import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { startStubServer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

const answer = { status: 200, body: { holds: [], total: 0, next_cursor: null } };
const key = 'audit.example/log+72b5e219+AcTFksK8ulUQvCWJqy0fw+AT/4Rofnf7gRT3hh6bwZIr';
let directory: string;
let path: string;

beforeEach(() => {
  directory = temporaryDirectory();
  path = join(directory, 'audit', 'config.json');
  vi.stubEnv('XDG_CONFIG_HOME', directory);
});

afterEach(() => vi.unstubAllEnvs());

/** Writes a configuration as a person does. */
function configure(configuration: unknown, mode = 0o600): void {
  mkdirSync(join(directory, 'audit'), { recursive: true });
  writeFileSync(path, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
  chmodSync(path, mode);
}

function tokenFile(): string {
  const file = join(directory, 'token');
  writeFileSync(file, 'secret-token\n');
  return file;
}

describe('audit profile', () => {
  it('makes, lists, shows, changes and removes profiles, and never shows a token', async () => {
    const file = tokenFile();
    const made = await runCommand([
      'profile',
      'set',
      'production',
      '--url',
      'https://a.example',
      '--token-file',
      file,
    ]);
    expect(made).toEqual({ exitCode: 0, stdout: `profile production is in ${path}\n`, stderr: '' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await runCommand(['profile', 'set', 'staging', '--url', 'http://b.example']);
    await runCommand(['profile', 'set', 'production', '--key', key]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      current: 'production',
      profiles: {
        production: { url: 'https://a.example', tokenFile: file, key: [key] },
        staging: { url: 'http://b.example' },
      },
    });
    expect((await runCommand(['profile', 'use', 'staging'])).exitCode).toBe(0);
    const listed = await runCommand(['profile', 'list']);
    expect(listed.stdout).toMatch(
      /\n +production +https:\/\/a\.example +\/.*token +1 +0\n\* +staging +http:\/\/b\.example +none +0 +0\n$/,
    );
    expect(JSON.parse((await runCommand(['profile', 'show', '--json'])).stdout)).toEqual({
      name: 'staging',
      current: true,
      url: 'http://b.example',
    });
    expect((await runCommand(['profile', 'remove', 'staging'])).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ profiles: { production: expect.anything() } });
    for (const { stdout } of [made, listed]) expect(stdout).not.toContain('secret');
  });

  it.each([
    [['set', 'p']],
    [['set', 'p', '--url', 'ftp://a.example']],
    [['set', 'p', '--url', 'http://user:secret@a.example']],
    [['set', 'p', '--token-file', '/nowhere/token']],
    [['set', 'p', '--key', 'no key']],
    [['set', '../p', '--url', 'http://a.example']],
    [['set', '__proto__', '--url', 'http://a.example']],
    [['use', 'unknown']],
    [['show']],
    [['remove', 'constructor']],
  ])('refuses %j', async (words) => {
    const { exitCode, stderr } = await runCommand(['profile', ...words]);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^audit: .+\n$/)]);
    expect(stderr).not.toContain('secret');
  });
});

describe('a profile', () => {
  it('gives server and token, below variables, below options', async () => {
    const [first, second] = [await startStubServer(() => answer), await startStubServer(() => answer)];
    configure({
      current: 'one',
      profiles: {
        one: { url: first.url, token: 'of-one' },
        two: { url: second.url, tokenFile: tokenFile() },
      },
    });
    await runCommand(['hold', 'list']);
    vi.stubEnv('AUDIT_PROFILE', 'two');
    await runCommand(['hold', 'list']);
    vi.stubEnv('AUDIT_TOKEN', 'of-variable');
    await runCommand(['hold', 'list']);
    await runCommand(['hold', 'list', '--token', 'of-option', '--profile', 'one']);
    const tokens = (server: typeof first) => server.requests.map(({ headers }) => headers.authorization);
    expect(tokens(first)).toEqual(['Bearer of-one', 'Bearer of-option']);
    expect(tokens(second)).toEqual(['Bearer secret-token', 'Bearer of-variable']);
  });

  it('gives its token to its own server alone', async () => {
    const other = await startStubServer(() => answer);
    configure({ current: 'one', profiles: { one: { url: 'http://127.0.0.1:1', token: 'of-one' } } });
    expect((await runCommand(['hold', 'list', '--url', other.url])).exitCode).toBe(0);
    expect((await runCommand(['hold', 'list', '--url', other.url, '--profile', 'one'])).exitCode).toBe(0);
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
  });

  it('gives the keys by which a file is verified', async () => {
    const pack = new URL('../../../../specs/vectors/integrity/correlation.pack', import.meta.url).pathname;
    const unknown = await runCommand(['verify', pack]);
    expect([unknown.exitCode, unknown.stdout]).toEqual([3, expect.stringContaining('nothing is proven')]);
    await runCommand(['profile', 'set', 'production', '--key', key]);
    expect((await runCommand(['verify', pack])).exitCode).toBe(0);
  });

  it.each([
    ['is no JSON', '{', 0o600],
    ['has no profiles', { current: 'a' }, 0o600],
    ['has a profile of another kind', { profiles: { a: 'http://x' } }, 0o600],
    ['has a member that nobody knows', { profiles: { a: { uri: 'http://x' } } }, 0o600],
    ['has a key that is no list', { profiles: { a: { key: 'k' } } }, 0o600],
    ['holds a token that others may read', { profiles: { a: { token: 'secret' } } }, 0o644],
    ['names a profile that is gone', { current: 'gone', profiles: {} }, 0o600],
    [
      'names a file with a token that is gone',
      { current: 'a', profiles: { a: { url: 'http://x', tokenFile: '/nowhere/t' } } },
      0o600,
    ],
    [
      'names authorities that are none',
      { current: 'a', profiles: { a: { url: 'https://x', ca: '/nowhere/ca' } } },
      0o600,
    ],
  ])('that %s is refused in one line', async (_, configuration, mode) => {
    configure(configuration, mode);
    const { exitCode, stderr } = await runCommand(['hold', 'list']);
    expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^audit: .+\n$/)]);
    expect(stderr).not.toContain('secret');
  });
});
