import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type AuditServer, createDatabase, startAuditServer, tamperWithDatabase } from '@audit/environments';
import { LogVerifier } from '@audit/integrity';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { startHalfRelay } from '../test-support/half-relay.ts';
import { type CommandCircumstances, runCommand } from '../test-support/run-command.ts';
import { keyOf, storeEvents } from '../test-support/store-events.ts';
import { closedUrl, type StubAnswer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { readVector, serveVectorLog, vectorFile, vectorKeys } from '../test-support/vector-log.ts';
import { keepVerification, verificationFile } from '../verification/kept-verification.ts';

let server: AuditServer;
let databaseUrl: string;
let key: string;

beforeAll(async () => {
  databaseUrl = await createDatabase(inject('postgresUrl'));
  server = await startAuditServer({ program: 'sources', environment: { DATABASE_URL: databaseUrl } });
  key = await keyOf(server.url);
  await storeEvents(server.url, 300);
});

afterAll(() => server.stop());
afterEach(() => vi.unstubAllEnvs());

interface Verification extends CommandCircumstances {
  readonly url?: string;
}

const verify = (stateDirectory: string, options: readonly string[], given: Verification = {}) =>
  runCommand(['verify', '--url', given.url ?? server.url, '--state-dir', stateDirectory, ...options], given);

const verifyTrusting = (stateDirectory: string, given?: Verification) =>
  verify(stateDirectory, ['--key', key], given);

describe('audit verify of a server', () => {
  it('proves the whole log, and says that it has nothing to compare with the first time', async () => {
    const { exitCode, stdout, stderr } = await verifyTrusting(temporaryDirectory());
    const shown = stdout.replaceAll(server.url, 'https://server').replaceAll(/\+[0-9a-f]{8}\n/g, '+id\n');
    expect(shown).toMatchInlineSnapshot(`
      "https://server/, log: proven up to the key of the log, witnessed by nobody

        holds        the checkpoint is signed by audit.local/default+id
        not checked  the checkpoint is cosigned by trusted witnesses (0, needed 1)
        holds        300 records follow each other without a gap (0 of them purged)
        holds        the chains of 1 correlations are unbroken (0 records have a predecessor that is not at hand)
        holds        the records are the whole log that the checkpoint states
        not checked  the log only grew since it was last seen: nothing is remembered of it (trust on first use)

      Signed by:    audit.local/default+id
      Witnessed by: nobody that is trusted
      Not shown:
        - that the log shows others the same records: only cosignatures of witnesses (--witness) do
        - that what the records say is true: only that it is what the log holds
      "
    `);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('remembers what it saw, and demands that the log only grew since', async () => {
    const directory = temporaryDirectory();
    await verifyTrusting(directory);
    await storeEvents(server.url, 5);
    const { exitCode, stdout } = await verify(directory, ['--key', key, '--json']);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      url: `${server.url}/`,
      kind: 'log',
      verdict: 'consistent_unwitnessed',
      accepted: true,
      remembered: { size: expect.any(Number), root: expect.stringMatching(/^[0-9a-f]{64}$/) },
      checks: expect.arrayContaining([
        {
          statement: expect.stringMatching(/^the log only grew .* from size \d+ with root/),
          outcome: 'holds',
        },
      ]),
      failure: null,
    });
  });

  it('does not believe the keys that the server lists itself, and remembers nothing by them', async () => {
    const directory = temporaryDirectory();
    const ended = await verify(directory, []);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toContain('says the server itself: no reason to believe it');
    expect(ended.stderr).toBe(`audit: ${server.url}/ is not proven: nobody vouches for it without --key\n`);
    expect((await verify(directory, ['--consistency-only'])).exitCode).toBe(0);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('is not content with another key, nor without the witness that was named', async () => {
    const stranger = await verify(temporaryDirectory(), ['--key', vectorKeys.log]);
    expect([stranger.exitCode, stranger.stderr]).toEqual([
      3,
      expect.stringContaining('(no_known_signature)'),
    ]);
    const witness: string = vectorKeys.witness;
    const alone = await verify(temporaryDirectory(), ['--key', key, '--witness', witness]);
    expect([alone.exitCode, alone.stderr]).toEqual([3, expect.stringContaining('no witness you named')]);
  });

  it('finds a record that was changed behind the service', async () => {
    const change = (from: string, to: string) =>
      tamperWithDatabase(
        databaseUrl,
        `update audit.contents set record = replace(record::text, '${from}', '${to}')::json where sequence = 123`,
      );
    await change('Investigating', 'investigating');
    const { exitCode, stderr } = await verifyTrusting(temporaryDirectory());
    await change('investigating', 'Investigating');
    expect([exitCode, stderr]).toEqual([3, expect.stringMatching(/record 124: .*\(chain_broken\)/)]);
    expect((await verifyTrusting(temporaryDirectory())).exitCode).toBe(0);
  });

  it('shows progress on a terminal only', async () => {
    const { stderr } = await verifyTrusting(temporaryDirectory(), { answer: '' });
    expect(stderr).toMatch(/100 % {2}(\d+) of \1 records\r.\[K$/);
  });
});

describe('audit verify of a server that shows another history', () => {
  it('says so, with both checkpoints, when the log was rolled back or written anew', async () => {
    const directory = temporaryDirectory();
    await tamperWithDatabase(databaseUrl, 'create table audit.kept_logs as table audit.logs');
    await storeEvents(server.url, 10);
    const seen = JSON.parse((await verify(directory, ['--key', key, '--json'])).stdout).checkpoint;
    await tamperWithDatabase(
      databaseUrl,
      'delete from audit.leaves where sequence >= (select size from audit.kept_logs)',
      'delete from audit.contents where sequence >= (select size from audit.kept_logs)',
      'delete from audit.logs',
      'insert into audit.logs table audit.kept_logs',
    );
    const shorter = await verifyTrusting(directory);
    expect([shorter.exitCode, shorter.stderr]).toEqual([
      3,
      expect.stringMatching(`size ${seen.size} with root ${seen.root} .* \\(size_decreased\\)`),
    ]);
    // The log verifies by itself: only who remembers sees that another one was there.
    expect((await verifyTrusting(temporaryDirectory())).exitCode).toBe(0);
    await storeEvents(server.url, 40);
    const other = await verifyTrusting(directory);
    expect([other.exitCode, other.stderr]).toEqual([
      3,
      expect.stringMatching(/did not only grow.*root_mismatch/),
    ]);
    expect(other.stdout).toContain('fails        the log only grew since it was last seen');
  });
});

describe('audit verify of a server that is interrupted', () => {
  it.each([
    [
      'the connection is cut',
      4,
      /^audit: cannot reach .* records are verified, and the same command goes on there\n$/,
    ],
    [
      'the person stops it',
      1,
      /^audit: stopped; .* records are verified, and the same command goes on there\n$/,
    ],
  ])('goes on where it was when %s', async (_, exitCode, message) => {
    const directory = temporaryDirectory();
    const stopping = new AbortController();
    const relay = await startHalfRelay(server.url);
    const onStderr = (text: string) => {
      if (!text.includes('█')) return;
      if (exitCode === 1) stopping.abort();
      else relay.cut();
    };
    const given = { url: relay.url, signal: stopping.signal, answer: '', onStderr };
    const cut = await verifyTrusting(directory, given);
    expect([cut.exitCode, cut.stdout]).toEqual([exitCode, '']);
    expect(cut.stderr.split('\u001b[K').at(-1)).toMatch(message);
    const ended = await verify(directory, ['--key', key, '--json']);
    expect(ended.stderr).toMatch(/^going on at record \d+ of \d+, where an earlier run stopped\n$/);
    expect(ended.exitCode).toBe(0);
    const { checkpoint, records, verdict } = JSON.parse(ended.stdout);
    expect([records, verdict]).toEqual([checkpoint.size, 'consistent_unwitnessed']);
    expect((await verifyTrusting(directory)).stderr).toBe('');
  });

  it.each([
    ['is damaged', (file: string) => writeFileSync(file, '{"format":"audit-verification/1"}\n00\n')],
    [
      'is of another log or key',
      async (file: string, directory: string) => {
        const checkpoint = readVector('log.checkpoint');
        const state = new LogVerifier().state();
        await keepVerification(directory, { key: vectorKeys.log, checkpoint, state });
        copyFileSync(verificationFile(directory, vectorKeys.log), file);
      },
    ],
  ])('starts over when what was kept %s', async (reason, leave) => {
    const directory = temporaryDirectory();
    const file = verificationFile(directory, key);
    mkdirSync(dirname(file), { recursive: true });
    await leave(file, directory);
    const { exitCode, stderr } = await verifyTrusting(directory);
    expect(stderr).toBe(`${file} ${reason}: it is not trusted, and the verification starts over\n`);
    expect(exitCode).toBe(0);
  });

  it('says so when what it remembered is no checkpoint of the log any more', async () => {
    const directory = temporaryDirectory();
    await verifyTrusting(directory);
    const file = join(dirname(verificationFile(directory, key)), 'checkpoint');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\n\d+\n/, '\n1\n'));
    const { exitCode, stderr, stdout } = await verifyTrusting(directory);
    expect(stderr).toBe(`${file} is not a checkpoint that this log signed: it is not trusted\n`);
    expect(stdout).toContain('trust on first use');
    expect(exitCode).toBe(0);
  });
});

describe('audit verify of what is no honest server', () => {
  it('accepts the checkpoint that a witness cosigned', async () => {
    const { url } = await serveVectorLog();
    const trust = ['--key', vectorKeys.log, '--witness', vectorKeys.witness];
    const { exitCode, stdout } = await verify(temporaryDirectory(), trust, { url });
    expect(stdout).toContain('log: proven\n');
    expect(stdout).toContain('Witnessed by: witness.example/w1+d98a4ee5 at 2026-');
    expect(exitCode).toBe(0);
  });

  it.each<[string, string, StubAnswer, number]>([
    ['a login page', '/checkpoint', { status: 200, body: '<html>' }, 4],
    ['no checkpoint', '/checkpoint', { status: 503, body: { detail: 'later' } }, 4],
    ['a redirect', '/checkpoint', { status: 302, headers: { location: '/login' } }, 4],
    [
      'fewer records',
      '/api/v1/audit/export?format=jsonl&from_sequence=0&to_sequence=299',
      { status: 200, body: readVector('log.jsonl').slice(0, -1_000) },
      3,
    ],
  ])('is not content with %s', async (_, path, answer, exitCode) => {
    const { url } = await serveVectorLog({ [path]: answer });
    const ended = await verify(temporaryDirectory(), ['--key', vectorKeys.log], { url });
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.stderr).toMatch(/^audit: .*\n$/);
  });

  it('says that nobody is there', async () => {
    const ended = await verify(temporaryDirectory(), ['--key', vectorKeys.log], { url: await closedUrl() });
    expect([ended.exitCode, ended.stderr]).toEqual([4, expect.stringContaining('ECONNREFUSED')]);
  });

  it.each([
    [['verify', 'trail.jsonl', '--url', 'http://x'], /give a file or --url, not both/],
    [['verify'], /what is to be verified\?/],
    [['verify', '--url', 'http://x', '--checkpoint', 'c'], /are for files/],
    [['verify', '--url', 'http://x', '--disclosure', 'c'], /are for files/],
    [['verify', '--url', 'http://x', '--state-dir', ''], /Expected a directory/],
  ])('refuses %j', async (commandLine, message) => {
    const ended = await runCommand(commandLine);
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
  });

  it('takes the file where a variable names a server', async () => {
    vi.stubEnv('AUDIT_URL', 'http://nowhere.invalid');
    const evidence = ['--checkpoint', vectorFile('log.checkpoint'), '--key', vectorKeys.log];
    expect((await runCommand(['verify', vectorFile('log.jsonl'), ...evidence])).exitCode).toBe(0);
  });
});
