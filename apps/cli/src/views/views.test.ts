import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { startStubServer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

const none = { data: [], pagination: { limit: 50, offset: 0, has_more: false, next_cursor: null } };
let path: string;

beforeEach(() => {
  const directory = temporaryDirectory();
  vi.stubEnv('XDG_CONFIG_HOME', directory);
  path = join(directory, 'audit', 'views.json');
});

afterEach(() => vi.unstubAllEnvs());

it('a search is kept, asked for again with more on top, listed and removed', async () => {
  const server = await startStubServer(() => ({ status: 200, body: none }));
  const query = (...words: readonly string[]) => runCommand(['query', '--url', server.url, ...words]);
  const night = ['--outcome', 'failure', '--detail', 'alert_name=A', '--since', '24h'];
  const kept = await query(...night, '--save', 'at night');
  expect(kept).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'kept as view at night; "audit help query" tells of --view\nno event matches\n',
  });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  await query('--view', 'at night');
  await query('--view', 'at night', '--since', '1h', '--namespace', 'shop');
  const asked = server.requests.map((request) => {
    const parameters = Object.fromEntries(new URL(request.path, server.url).searchParams);
    const { order, limit, total, ...filters } = parameters;
    expect([order, limit, total]).toEqual(['desc', '50', 'none']);
    return filters;
  });
  const filters = { event_outcome: 'failure', detail_key: 'alert_name', detail_value: 'A', since: '24h' };
  expect(asked).toEqual([filters, filters, { ...filters, since: '1h', namespace: 'shop' }]);
  const listed = await runCommand(['view', 'list', '--json']);
  expect(JSON.parse(listed.stdout)).toEqual({ name: 'at night', filters });
  expect((await runCommand(['view', 'list'])).stdout).toContain('event_outcome=failure');
  expect((await runCommand(['view', 'remove', 'at night'])).exitCode).toBe(0);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ views: {} });
});

it.each([
  [['query', '--view', 'unknown', '--url', 'http://127.0.0.1:1']],
  [['query', '--save', 'all', '--url', 'http://127.0.0.1:1']],
  [['view', 'remove', 'constructor']],
])('refuses %j in one line', async (words) => {
  const { exitCode, stderr } = await runCommand(words);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^audit: .+\n$/)]);
});

it.each([
  ['is no JSON', '{'],
  ['has no views', '{}'],
  ['has a filter that the API has not', '{"views":{"a":{"limit":"1"}}}'],
  ['has a filter that is no text', '{"views":{"a":{"since":1}}}'],
])('a file that %s is refused in one line', async (_, text) => {
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  const { exitCode, stderr } = await runCommand(['view', 'list']);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(/^audit: .+\n$/)]);
  expect(stderr).toContain(path);
});
