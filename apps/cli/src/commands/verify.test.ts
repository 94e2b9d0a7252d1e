import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unseenCharacter } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

const vectors = fileURLToPath(new URL('../../../../specs/vectors/integrity/', import.meta.url));
const keys = JSON.parse(readFileSync(`${vectors}keys.json`, 'utf8'));
const logKey: string = keys.log.verifierKey;
const witnessKey: string = keys.witness.verifierKey;
const lines = readFileSync(`${vectors}log.jsonl`, 'utf8').split('\n').slice(0, -1);
const evidence = ['--checkpoint', `${vectors}log.checkpoint`, '--key', logKey];

function fileOf(content: readonly string[] | string, name = 'trail.jsonl'): string {
  const file = join(temporaryDirectory(), name);
  writeFileSync(file, typeof content === 'string' ? content : content.map((line) => `${line}\n`).join(''));
  return file;
}

const verify = (file: string, ...options: string[]) => runCommand(['verify', file, ...options]);

describe('audit verify of an export', () => {
  it('says what is proven, by whom it was signed and witnessed, and what is not shown', async () => {
    const { exitCode, stdout, stderr } = await verify(fileOf(lines), ...evidence, '--witness', witnessKey);
    expect(stdout.replace(/^.*trail/, 'trail')).toMatchInlineSnapshot(`
      "trail.jsonl, export: proven

        holds        the checkpoint is signed by audit.example/log+72b5e219
        holds        the checkpoint is cosigned by witness.example/w1+d98a4ee5 (1, needed 1)
        holds        300 records follow each other without a gap (0 of them purged)
        holds        the chains of 7 correlations are unbroken (0 records have a predecessor that is not at hand)
        holds        the records are the whole log that the checkpoint states

      Signed by:    audit.example/log+72b5e219
      Witnessed by: witness.example/w1+d98a4ee5 at 2026-01-14T09:00:00.000Z
      Not shown:
        - that what the records say is true: only that it is what the log holds
      "
    `);
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('is content with the key of the log when no witness is named', async () => {
    const { exitCode, stdout } = await verify(fileOf(lines), ...evidence);
    expect(stdout).toContain('proven up to the key of the log, witnessed by nobody');
    expect(exitCode).toBe(0);
  });

  it('is not content when a witness is named that did not cosign', async () => {
    const ended = await verify(fileOf(lines), ...evidence, '--witness', keys.otherWitness.verifierKey);
    expect([ended.exitCode, ended.stderr]).toEqual([
      3,
      expect.stringContaining('no witness you named cosigned it'),
    ]);
  });

  it('without a checkpoint says what that does not show, and is content only when asked for no more', async () => {
    // The cut tail is what nobody sees.
    const file = fileOf(lines.slice(0, 250));
    const ended = await verify(file);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toContain('that no records are cut off at the end');
    expect(ended.stdout).toContain('nothing wrong was found, and nothing is proven');
    expect(ended.stderr).toBe(`audit: ${file} is not proven: nobody vouches for it without --key\n`);
    expect((await verify(file, '--consistency-only')).exitCode).toBe(0);
    expect((await verify(file, '--consistency-only', '--to-sequence', '249')).exitCode).toBe(0);
    const cut = await verify(file, '--consistency-only', '--to-sequence', '299');
    expect([cut.exitCode, cut.stderr]).toEqual([3, expect.stringContaining('line 251, record 250')]);
  });

  const edited = lines.with(99, (lines[99] ?? '').replace('"severity":"info"', '"severity":"none"'));
  it.each([
    ['a dropped line', lines.toSpliced(99, 1), /line 100, record 99: record 99 is missing/],
    [
      'a repeated line',
      lines.toSpliced(99, 0, lines[98] ?? ''),
      /line 100, record 99: .*\(sequence_repeated\)/,
    ],
    ['swapped lines', lines.with(99, lines[100] ?? '').with(100, lines[99] ?? ''), /line 100, record 99/],
    ['a line that is no record', lines.with(99, 'x'), /line 100, record 99: .*\(malformed_record\)/],
    ['an edited record', edited, /line \d+, record \d+: .*\(chain_broken\)/],
    ['a cut end', lines.slice(0, -1), /record 299: .*\(records_missing\)/],
    ['a torn last line', lines.join('\n'), /line 300, record 299: the last line is cut off/],
  ])('finds %s', async (_, content, place) => {
    const ended = await verify(fileOf(content), ...evidence);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toMatch(place);
    expect(ended.stderr).toMatch(place);
    expect(ended.stderr.split('\n')).toHaveLength(2);
  });

  it('shows hostile text harmlessly', async () => {
    const hostile = '{"\u001b[2J":"\u202e"}';
    const { stdout, stderr } = await verify(fileOf([hostile], '\u001b[2J\u202e.jsonl'), ...evidence);
    expect((stdout + stderr).replaceAll('\n', '')).not.toMatch(unseenCharacter);
    const json = await verify(fileOf([hostile], '\u001b[2J\u202e.jsonl'), '--json');
    expect(json.stdout.trim()).not.toMatch(unseenCharacter);
  });

  it('takes the export of a correlation for what it is, when told', async () => {
    const correlation = lines.filter((line) => line.includes('"correlation_id":"rr-3"'));
    expect((await verify(fileOf(correlation), '--consistency-only')).exitCode).toBe(3);
    const filtered = ['--filtered', 'correlation', '--consistency-only'];
    expect((await verify(fileOf(correlation), ...filtered)).exitCode).toBe(0);
    const broken = await verify(fileOf(correlation.toSpliced(1, 1)), ...filtered);
    expect([broken.exitCode, broken.stderr]).toEqual([3, expect.stringContaining('line 2')]);
    const other = ['--filtered', 'other', '--consistency-only'];
    const some = await verify(fileOf(correlation.toSpliced(1, 1)), ...other);
    expect(some.exitCode).toBe(0);
    expect(some.stdout).toContain('that no record is left out, nor that any is unchanged');
    expect((await verify(fileOf(correlation), ...other, ...evidence)).exitCode).toBe(0);
  });

  it('writes JSON for machines', async () => {
    const { stdout } = await verify(fileOf(lines.toSpliced(7, 1)), ...evidence, '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      kind: 'export',
      verdict: 'broken',
      accepted: false,
      records: 7,
      checkpoint: { origin: 'audit.example/log', size: 300 },
      signed_by: [{ name: 'audit.example/log', id: '72b5e219' }],
      failure: { code: 'sequence_gap', line: 8, sequence: 7 },
    });
  });

  it('reads keys from files, also as the server lists them', async () => {
    const answer = fileOf(
      JSON.stringify({ log_id: 'default', origin: 'x', keys: [{ key: logKey, from: 0 }] }),
    );
    const witnesses = fileOf(`# ours\n${witnessKey}\n\n`, 'witnesses');
    const checkpoint = ['--checkpoint', `${vectors}log.checkpoint`];
    const given = [...checkpoint, '--key', answer, '--key', logKey, '--witness', witnesses];
    const { stdout, exitCode } = await verify(fileOf(lines), ...given);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Witnessed by: witness.example/w1+d98a4ee5');
  });

  it.each([
    [
      ['--key', 'nothing'],
      /--key: expected a key \(name\+id\+base64\) or a file with keys, received nothing/,
    ],
    [['--key', witnessKey], /is the key of a witness, give it as --witness/],
    [['--witness', logKey], /is the key of a log, give it as --key/],
    [['--key', logKey.replace('72b5', '72b6')], /--key: /],
    [['--checkpoint', 'nothing'], /--checkpoint: expected a file/],
    [['--from-sequence', '5', '--to-sequence', '4'], /--to-sequence: expected/],
    [['--filtered', 'maybe'], /--filtered/],
  ])('refuses %j', async (options, message) => {
    const ended = await verify(fileOf(lines), ...options);
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
    expect(ended.stderr).toMatch(message);
  });

  it('refuses what is no file, and CSV', async () => {
    expect(await verify('/nothing')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('no file'),
    });
    expect(await verify(fileOf('sequence,event_id\r\n'))).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('export as jsonl'),
    });
  });
});

describe('audit verify of an evidence pack', () => {
  const trust = ['--key', logKey, '--witness', witnessKey];

  it.each(['correlation', 'range', 'filter', 'sample', 'redacted'])('proves the %s', async (name) => {
    const { exitCode, stdout } = await verify(`${vectors}${name}.pack`, ...trust);
    expect(stdout).toContain('evidence pack: proven\n');
    expect(stdout).toContain('Signed by:    audit.example/log+72b5e219\n');
    expect(stdout).toContain('Witnessed by: witness.example/w1+d98a4ee5 at 2026-');
    expect(exitCode).toBe(0);
  });

  it('does not believe the keys it names itself', async () => {
    const ended = await verify(`${vectors}correlation.pack`);
    expect(ended.exitCode).toBe(3);
    expect(ended.stdout).toContain('72b5e219, says the file itself: no reason to believe it');
    expect(ended.stderr).toContain('nobody vouches for it without --key');
    expect((await verify(`${vectors}correlation.pack`, '--consistency-only')).exitCode).toBe(0);
  });

  it('finds a changed byte at its line', async () => {
    const content = readFileSync(`${vectors}correlation.pack`, 'utf8').split('\n');
    const at = content.findLastIndex((line) => line.startsWith('{'));
    const changed = content.with(at, (content[at] ?? '').replace('"info"', '"none"')).join('\n');
    const ended = await verify(fileOf(changed, 'changed.pack'), ...trust);
    expect([ended.exitCode, ended.stderr]).toEqual([3, expect.stringContaining(`line ${at + 1},`)]);
    expect(ended.stdout).toContain('evidence pack: broken\n');
  });

  it('refuses options that are about exports', async () => {
    const ended = await verify(`${vectors}range.pack`, ...trust, '--filtered', 'other');
    expect([ended.exitCode, ended.stdout]).toEqual([2, '']);
  });
});
