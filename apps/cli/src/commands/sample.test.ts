import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chooseSample } from '@audit/integrity';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { readVector, serveVectorLog, vectorKeys } from '../test-support/vector-log.ts';

const sample = (...options: readonly string[]) =>
  runCommand(['sample', '--state-dir', temporaryDirectory(), ...options]);
const serve = () =>
  serveVectorLog({ '/api/v1/audit/evidence-pack': { status: 200, body: readVector('sample.pack') } });
const asked = ['--size', '6', '--seed', 'audit 2026', '--key', vectorKeys.log];

describe('audit sample', () => {
  it('lists the records that the seed chooses, and proves them', async () => {
    const { requests, url } = await serve();
    const file = join(temporaryDirectory(), 'sample.pack');
    const { exitCode, stdout } = await sample('--url', url, ...asked, '--output', file);
    expect(
      stdout.replaceAll(file, 'sample.pack').replaceAll(/ root [0-9a-f]{64}/g, ' root …'),
    ).toMatchInlineSnapshot(`
      "SEQUENCE  TIME                      TYPE                     CORRELATION  OUTCOME
           133  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-0         -
           135  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-2         -
           229  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-5         -
           245  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-0         -
           251  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-6         -
           274  2026-01-14T08:44:13.702Z  gateway.signal.received  rr-1         -

      6 of the 300 records from 0 to 299. With the seed "audit 2026", this size and this range anybody gets the same ones.

      sample.pack, evidence pack: proven up to the key of the log, witnessed by nobody

        holds        the checkpoint is signed by audit.example/log+72b5e219
        not checked  the checkpoint is cosigned by trusted witnesses (0, needed 1)
        holds        the keys are known from elsewhere than the pack
        holds        the log holds these 6 records, unchanged
        holds        the 6 records are those of sequence 0 to 299 that seed "audit 2026" chooses
        not checked  every record names the one before it in its correlation (of 6 that one is not here)
        holds        the records vouch for the 0 disclosed values
        holds        the pack is as ada@example.org signed it
        holds        the sample is of the seed, size and range that were asked for
        not checked  the log only grew since it was last seen: nothing is remembered of it (trust on first use)

      Signed by:    audit.example/log+72b5e219
      Witnessed by: nobody that is trusted
      Not shown:
        - that the log shows others the same records: only cosignatures of witnesses (--witness) do
        - that what the records say is true: only that it is what the log holds
      "
    `);
    expect(exitCode).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(readVector('sample.pack'));
    expect(requests[1]?.path).toBe(
      '/api/v1/audit/evidence-pack?seed=audit+2026&sample_size=6&from_sequence=0&to_sequence=299',
    );
  });

  it.each([
    ['seed', ['--size', '6', '--seed', 'another']],
    ['size', ['--size', '7', '--seed', 'audit 2026']],
    ['range', ['--size', '6', '--seed', 'audit 2026', '--to-sequence', '298']],
  ])('is not content with a sample of another %s', async (_, options) => {
    const { url } = await serve();
    const ended = await sample('--url', url, '--key', vectorKeys.log, ...options);
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('(outside_population)')]);
  });

  it('writes JSON for machines', async () => {
    const { url } = await serve();
    const { stdout } = await sample('--url', url, ...asked, '--json');
    const { items, sample: request } = JSON.parse(stdout);
    expect(request).toEqual({ seed: 'audit 2026', size: 6, begin: 0, end: 300 });
    expect(items.map(({ sequence }: { sequence: number }) => sequence)).toEqual(chooseSample(request));
  });

  it('does not take the size of the log from whom nobody trusts', async () => {
    const { url } = await serveVectorLog({
      '/checkpoint': { status: 200, body: readVector('log.checkpoint').replace('\n300\n', '\n200\n') },
    });
    const ended = await sample('--url', url, ...asked);
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining('(signature_invalid)')]);
  });
});

describe('audit sample --list', () => {
  it.each<{ seed: string; size: number; begin: number; end: number; chosen: number[] }>(
    JSON.parse(readVector('samples.json')).filter(
      ({ seed, size }: { seed: string; size: number }) => seed && size,
    ),
  )('prints without a server what the seed $seed chooses', async ({ seed, size, begin, end, chosen }) => {
    const range = ['--from-sequence', String(begin), '--to-sequence', String(end - 1)];
    const { exitCode, stdout } = await sample('--list', '--seed', seed, '--size', String(size), ...range);
    expect([exitCode, stdout]).toEqual([0, chosen.map((sequence) => `${sequence}\n`).join('')]);
  });

  it.each([
    [['--size', '5', '--seed', 'x', '--list'], /--list needs --from-sequence and --to-sequence/],
    [
      ['--size', '5', '--seed', 'x', '--list', '--from-sequence', '3', '--to-sequence', '6'],
      /there are 4 records from 3 to 6, and 5 were asked for/,
    ],
    [['--size', '0', '--seed', 'x'], /Expected a whole number/],
    [['--size', '5', '--seed', ''], /Expected a text of 1 to 255 characters/],
    [['--size', '5'], /--seed/],
  ])('refuses %j', async (options, message) => {
    const ended = await sample(...options);
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
  });
});
