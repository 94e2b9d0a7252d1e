import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { compileCache, freePort, type PostgresServer, startPostgres } from '@audit/environments';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pageCommands, repository } from './page-commands.ts';
import { type CommandResult, PageShell } from './page-shell.ts';
import { writeStandIns } from './stand-in-programs.ts';

let directory: string;
let port: number;
let shell: PageShell;
const clusters: PostgresServer[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'audit-deployment-'));
  port = await freePort();
  const postgres = await startCluster();
  await writeStandIns(join(directory, 'stand-ins'));
  shell = new PageShell(repository, {
    PATH: [dirname(process.execPath), process.env.PATH, join(directory, 'stand-ins')].join(':'),
    HOME: directory,
    ...compileCache,
    ADMIN_URL: postgres.url,
    DATABASE_HOST: new URL(postgres.url).host,
  });
  // Each job in a process group of its own, so that it is ended whole, as at a terminal.
  await shell.run('set -m');
});

afterAll(async () => {
  await shell.close();
  await Promise.all(clusters.map((cluster) => cluster.stop()));
  await rm(directory, { recursive: true });
});

async function startCluster(backup?: string): Promise<PostgresServer> {
  const cluster = await startPostgres(backup === undefined ? {} : { backup });
  clusters.push(cluster);
  return cluster;
}

/** The command as it is typed here: the name of this machine, a free port, and the sources instead of a build. */
function here(command: string): string {
  return command
    .slice(2)
    .replace('audit.example.com:8443', `localhost:${port}`)
    .replace('AUDIT_PORT=8443', `AUDIT_PORT=${port}`)
    .replaceAll('=audit.example.com', '=localhost')
    .replace('DNS:audit.example.com', 'DNS:localhost')
    .replaceAll(
      /node "\$REPOSITORY\/apps\/(\w+)\/dist\/main\.js"/g,
      (_, app: string) => `node --conditions=@audit/source "$REPOSITORY/apps/${app}/src/main.ts"`,
    );
}

const commands = pageCommands('As a process').filter((command) => !command.includes('pnpm@12'));
const wait = commands.find((command) => command.includes('--retry')) ?? '';
const post = commands.find((command) => command.includes('gateway.token)')) ?? '';
const verify = commands.find((command) => command.includes('audit verify')) ?? '';

async function typed(command: string): Promise<string> {
  const { exitCode, output } = await shell.run(here(command));
  expect([exitCode, output], command).toEqual([0, output]);
  return output;
}

/** Sends another event than the page's, as its producer would. */
function postAnother(example: string): Promise<string> {
  return typed(post.replaceAll('gateway.crd.created', example));
}

/** Does what the page says of a restore, on another cluster, and lets the auditor verify. */
async function restored(backup: string): Promise<CommandResult> {
  const { host } = new URL((await startCluster(backup)).url);
  await shell.run('kill %%; wait');
  await shell.run(`export DATABASE_URL="postgresql://audit_service:$SERVICE_PASSWORD@${host}/audit"`);
  const [check = '', start = '', audit = ''] = pageCommands('Restore').filter(
    (each) => /audit/.test(each) && !/pg_restore/.test(each),
  );
  await typed(check);
  await typed(start);
  await typed(wait);
  expect(audit).toBe(verify);
  return shell.run(here(audit));
}

describe('who follows the deployment page', () => {
  it('has a server that speaks TLS, refuses strangers, takes events from a token, and is proven', async () => {
    const outputs: string[] = [];
    for (const command of commands) outputs.push(await typed(command));
    const shown = (part: string) => outputs[commands.findIndex((command) => command.includes(part))];
    expect(shown('audit-server migrate')).toMatch(/^\{"applied":\[1,.*\],"serviceRole":"audit_service"\}\n$/);
    expect(shown('refused.json')).toBe('401\n');
    expect(shown('accepted.json')).toBe('201\n');
    expect(shown('audit verify')).toMatch(/: proven up to the key of the log/);
    const key = await readFile(join(directory, 'audit-server', 'log-key'), 'utf8');
    expect(key).toMatch(/^audit\.example\.com\/log\+[0-9a-f]{8}\+\S+\n$/);
  });

  it('restores a backup that the auditor finds whole, and finds that an older one was rolled back', async () => {
    const [first, second] = [join(directory, 'first'), join(directory, 'second')];
    await clusters[0]?.backUp(first);
    await postAnother('gateway.signal.received');
    expect(await typed(verify)).toMatch(/holds +the log only grew since it was last seen/s);
    await clusters[0]?.backUp(second);
    expect(await restored(second)).toEqual({
      exitCode: 0,
      output: expect.stringMatching(/: proven up to.*holds +the log only grew since it was last seen/s),
    });
    expect(await restored(first)).toEqual({
      exitCode: 3,
      output: expect.stringMatching(
        /: broken\n.*First fault: the log did not only grow: size \d+ with root/s,
      ),
    });
  });
});
