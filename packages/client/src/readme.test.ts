import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { startHttpServer } from './http-server.test-support.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');
const programs = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, program = '']) => program);

const spools = await mkdtemp(join(tmpdir(), 'audit-client-readme-'));
afterAll(() => rm(spools, { recursive: true }));

async function run(program: string, url: string): Promise<string> {
  const parameters = ['--conditions=@audit/source', '--input-type=module-typescript', '--eval', program];
  const options = {
    cwd: root,
    env: { ...process.env, AUDIT_URL: url, AUDIT_SPOOL_ROOT: spools },
    timeout: 20_000,
  };
  return (await promisify(execFile)(process.execPath, parameters, options)).stdout;
}

describe('the programs of the README', () => {
  it('include the first, which delivers an event', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end('{}'));
    const output = await run(programs[0] ?? '', server.url);
    expect(output).toContain("{ status: 'accepted', eventId: ");
    expect(output).toContain('delivered: true');
    expect(server.requests).toHaveLength(1);
  });

  it.each(programs.slice(1))('run: %#', async (program) => {
    await using server = await startHttpServer((response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
    );
    await run(program, server.url);
  });
});

it('every test that the README names as a proof exists', async () => {
  const proofs = [...readme.matchAll(/\]\((src\/[^)]+)\)/g)].map(([, path = '']) => path);
  expect(proofs.length).toBeGreaterThan(10);
  for (const path of proofs) expect(await readFile(`${root}${path}`, 'utf8')).toContain('expect(');
});
