import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { policyFile } from '../test-support/access-policy.ts';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const page = '<!doctype html><title>Audit trail</title>';
const script = 'console.log("shown");';
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; " +
  "worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

function builtConsole(): { readonly directory: string } {
  const directory = temporaryDirectory();
  mkdirSync(join(directory, 'assets'));
  writeFileSync(join(directory, 'index.html'), page);
  writeFileSync(join(directory, 'favicon.svg'), '<svg/>');
  writeFileSync(join(directory, 'assets/main-1a2b.js'), script);
  writeFileSync(join(directory, 'assets/main-1a2b.js.gz'), gzipSync(script));
  return { directory };
}

async function get(server: TestServer, path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(server.url + path, { headers });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), text: await answer.text() };
}

it('the page is served at / and at its own addresses, never from a cache, under a policy that lets in nobody else', async () => {
  const server = await startTestServer(openMigratedPglite, { console: builtConsole() });
  const answers = [
    await get(server, '/'),
    await get(server, '/search?text=a', html),
    await get(server, '/trail/rr-1%2F2', html),
    await get(server, '/index.html', html),
  ];
  for (const { status, headers, text } of answers) {
    expect([status, text]).toEqual([200, page]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-cache',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  }
});

it('files are served compressed to who takes that, for ever when their name has a hash', async () => {
  const server = await startTestServer(openMigratedPglite, { console: builtConsole() });
  const compressed = await get(server, '/assets/main-1a2b.js', { 'accept-encoding': 'gzip' });
  const plain = await get(server, '/assets/main-1a2b.js', { 'accept-encoding': 'identity' });
  for (const { status, headers, text } of [compressed, plain]) {
    expect([status, text]).toEqual([200, script]);
    expect(headers).toMatchObject({
      'content-type': 'application/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
  }
  expect(compressed.headers['content-encoding']).toBe('gzip');
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect((await get(server, '/favicon.svg')).headers['cache-control']).toBe('no-cache');
});

it('the page hides no path of the API and no failure of a program', async () => {
  const server = await startTestServer(openMigratedPglite, { console: builtConsole() });
  const asked = [
    ['GET', '/api/v1/audit/nothing', html, 404],
    ['GET', '/api', html, 404],
    ['GET', '/api/v1/audit/events/batch', html, 405],
    ['GET', '/search', {}, 404],
    ['GET', '/assets/main-0000.js', {}, 404],
    ['GET', '/assets/../index.html', {}, 404],
    ['POST', '/search', html, 404],
    ['POST', '/', html, 405],
  ] as const;
  for (const [method, path, headers, status] of asked) {
    const answer = await server.send(method, path, undefined, headers);
    expect([path, answer.status, problemOf(answer).status]).toEqual([path, status, status]);
  }
  expect((await server.send('GET', '/docs', undefined, html)).text).toContain('<h1>');
});

it('the page is open to who has no token, what it shows is not', async () => {
  const { path: policyPath } = policyFile({ tokens: [] });
  const server = await startTestServer(openMigratedPglite, {
    console: builtConsole(),
    access: { policyFile: policyPath },
  });
  expect((await get(server, '/')).status).toBe(200);
  expect((await get(server, '/assets/main-1a2b.js')).status).toBe(200);
  expect((await get(server, '/api/v1/audit/events', html)).status).toBe(401);
});

it.each([
  [{ directory: 'nowhere' }, 'The console is not built: run npx -y pnpm@12 build.'],
  [undefined, 'The console is not built: run npx -y pnpm@12 build.'],
  ['off', 'The console is switched off (--console or AUDIT_CONSOLE).'],
] as const)('without files, %o, / says why and other addresses are not there', async (source, reason) => {
  const server = await startTestServer(openMigratedPglite, source === undefined ? {} : { console: source });
  const answer = await server.send('GET', '/', undefined, html);
  expect([answer.status, problemOf(answer).detail]).toEqual([
    404,
    `${reason} The reference of the API is at /docs.`,
  ]);
  expect((await server.send('GET', '/search', undefined, html)).status).toBe(404);
});
