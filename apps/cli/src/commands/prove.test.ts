import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Population } from '@audit/integrity';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { closedUrl } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { packOfVectorLog, serveVectorLog, vectorKeys, vectorLines } from '../test-support/vector-log.ts';

const only = (sequence: number): Population => ({ kind: 'range', begin: sequence, end: sequence + 1 });
const idAt = (sequence: number): string => JSON.parse(vectorLines[sequence] ?? '').event_id;
const servePack = (pack: string) =>
  serveVectorLog({ '/api/v1/audit/evidence-pack': { status: 200, body: pack } });
const prove = (url: string, eventId: string, ...options: readonly string[]) =>
  runCommand(['prove', eventId, '--url', url, '--state-dir', temporaryDirectory(), ...options]);

describe('audit prove', () => {
  it('shows the event, and what of it is proven', async () => {
    const { requests, url } = await servePack(await packOfVectorLog(only(7), [7]));
    const { exitCode, stdout, stderr } = await prove(url, idAt(7), '--key', vectorKeys.log);
    expect(stdout.replaceAll(/ root [0-9a-f]{64}/g, ' root …')).toMatchInlineSnapshot(`
      "event:        019bbbad-15e9-78ed-8480-b8f8ba9c9b3b
      type:         gateway.signal.received
      time:         2026-01-14T08:44:13.702Z
      correlation:  rr-0
      record:       7

      event 019bbbad-15e9-78ed-8480-b8f8ba9c9b3b, evidence pack: proven up to the key of the log, witnessed by nobody

        holds        the checkpoint is signed by audit.example/log+72b5e219
        not checked  the checkpoint is cosigned by trusted witnesses (0, needed 1)
        holds        the keys are known from elsewhere than the pack
        holds        the log holds these 1 records, unchanged
        holds        all 1 records of sequence 7 to 7 are here
        not checked  every record names the one before it in its correlation (of 1 that one is not here)
        holds        the records vouch for the 0 disclosed values
        holds        the pack is as anonymous signed it
        holds        the record is that of event 019bbbad-15e9-78ed-8480-b8f8ba9c9b3b
        not checked  the log only grew since it was last seen: nothing is remembered of it (trust on first use)

      Signed by:    audit.example/log+72b5e219
      Witnessed by: nobody that is trusted
      Not shown:
        - that the log shows others the same records: only cosignatures of witnesses (--witness) do
        - that what the records say is true: only that it is what the log holds
      "
    `);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(requests.map(({ path }) => path)).toEqual([
      `/api/v1/audit/evidence-pack?event_id=${idAt(7)}`,
      '/checkpoint',
    ]);
  });

  it('saves the pack, which proves the same offline', async () => {
    const pack = await packOfVectorLog(only(7), [7]);
    const { url } = await servePack(pack);
    const file = join(temporaryDirectory(), 'event.pack');
    const { exitCode, stdout } = await prove(url, idAt(7), '--key', vectorKeys.log, '--output', file);
    expect([exitCode, readFileSync(file, 'utf8')]).toEqual([0, pack]);
    expect(stdout).toContain(`${file}, evidence pack: proven`);
    expect((await runCommand(['verify', file, '--key', vectorKeys.log])).exitCode).toBe(0);
  });

  it.each<[string, Population, readonly number[]]>([
    ['another event', only(8), [8]],
    ['more than was asked for', { kind: 'range', begin: 7, end: 9 }, [7, 8]],
    ['a part of a filter', { kind: 'filter', begin: 0, end: 300, filter: {} }, [7]],
  ])('is not content with %s, whatever proves it', async (_, population, sequences) => {
    const { url } = await servePack(await packOfVectorLog(population, sequences));
    const { exitCode, stderr, stdout } = await prove(url, idAt(7), '--key', vectorKeys.log);
    expect([exitCode, stderr]).toEqual([
      3,
      expect.stringContaining('it is not so that the record is that of'),
    ]);
    expect(stdout).toMatch(/^event \S+, evidence pack: broken\n/);
  });

  it('does not believe the keys of the pack or of the server', async () => {
    const { url } = await servePack(await packOfVectorLog(only(7), [7]));
    const ended = await prove(url, idAt(7));
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('nobody vouches for it')]);
    expect((await prove(url, idAt(7), '--consistency-only')).exitCode).toBe(0);
  });

  it('finds a changed byte', async () => {
    const pack = await packOfVectorLog(only(7), [7]);
    const { url } = await servePack(pack.replace('"severity":"info"', '"severity":"none"'));
    const ended = await prove(url, idAt(7), '--key', vectorKeys.log);
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('(record_changed)')]);
  });

  it('writes JSON for machines, and remembers what it saw', async () => {
    const { url } = await servePack(await packOfVectorLog(only(7), [7]));
    const state = ['--state-dir', temporaryDirectory()];
    const { stdout } = await prove(url, idAt(7), '--key', vectorKeys.log, '--json', ...state);
    expect(JSON.parse(stdout)).toMatchObject({
      file: null,
      kind: 'pack',
      accepted: true,
      record: { sequence: 7, event_id: idAt(7), is_purged: false },
      remembered: null,
    });
    const again = await prove(url, idAt(7), '--key', vectorKeys.log, '--json', ...state);
    expect(JSON.parse(again.stdout)).toMatchObject({ accepted: true, remembered: { size: 300 } });
  });

  it('leaves nothing behind when there is no such event', async () => {
    const { url } = await serveVectorLog({
      '/api/v1/audit/evidence-pack': { status: 404, body: { detail: 'The log has no such record.' } },
    });
    const folder = temporaryDirectory();
    const ended = await prove(url, idAt(7), '--key', vectorKeys.log, '--output', join(folder, 'event.pack'));
    expect([ended.exitCode, ended.stderr]).toEqual([
      2,
      expect.stringContaining('The log has no such record.'),
    ]);
    expect(readdirSync(folder)).toEqual([]);
    expect((await prove(await closedUrl(), idAt(7), '--key', vectorKeys.log)).exitCode).toBe(4);
  });
});
