import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startHttpServer } from './http-server.test-support.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const readme = await readFile(`${root}README.md`, 'utf8');
const programs = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, program = '']) => program);

async function run(program: string, url: string): Promise<string> {
  const parameters = ['--conditions=@audit/source', '--input-type=module-typescript', '--eval', program];
  const options = { cwd: root, env: { ...process.env, AUDIT_URL: url }, timeout: 20_000 };
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
