import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { freshEvent, sampleEvent } from '../../test-support/sample-event.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const nowMs = Date.parse('2026-01-15T12:00:00Z');
const events = [1, 2, 3, 4].map((number) => sampleEvent(number));

describe('audit spool inspect', () => {
  it('shows what waits, from the first to the last event', async () => {
    const root = temporaryDirectory();
    const content = { waiting: events, dead: [sampleEvent(9)], nowMs: nowMs - 3_725_000 };
    const directory = await leaveSpool(join(root, '0'), content);
    const { exitCode, stdout } = await runCommand(['spool', 'inspect', directory], { nowMs });
    expect(stdout.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "spool:         <root>/0
      held by:       nobody
      waiting:       4 events, 1.8 KiB in 1 segment, the oldest for 1h 2m
      cursor:        everything below 2 is delivered or dead
      dead letters:  1
      quarantine:    0 B
      damage:        none

      SEQUENCE  TIME                      EVENT TYPE                   CORRELATION               EVENT ID
             2  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000001
             5  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000004
      "
    `);
    expect(exitCode).toBe(0);
  });

  it('shows as many of the oldest events as asked for', async () => {
    const directory = await leaveSpool(join(temporaryDirectory(), '0'), { waiting: events, nowMs });
    const { stdout } = await runCommand(['spool', 'inspect', directory, '--entries', '3'], { nowMs });
    expect(stdout.slice(stdout.indexOf('\nSEQUENCE'))).toMatchInlineSnapshot(`
      "
      SEQUENCE  TIME                      EVENT TYPE                   CORRELATION               EVENT ID
             1  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000001
             2  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000002
             3  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000003
      "
    `);
  });

  it('says where damage is, and exits with 3', async () => {
    const root = temporaryDirectory();
    const directory = await leaveSpool(join(root, '0'), { waiting: events, nowMs });
    const damagedText = Buffer.from('"event_id":"019bbbd8-dbe5-792d-9ab5-000000000002"');
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.segment'));
    const bytes = readFileSync(join(directory, name));
    bytes.writeUInt8(0, bytes.indexOf(damagedText));
    writeFileSync(join(directory, name), bytes);
    const before = snapshotOf(directory);
    const { exitCode, stdout, stderr } = await runCommand(['spool', 'inspect', directory], { nowMs });
    expect((stdout + stderr).replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "spool:         <root>/0
      held by:       nobody
      waiting:       3 events, 1.4 KiB in 1 segment, the oldest for 0s
      cursor:        everything below 1 is delivered or dead
      dead letters:  0
      quarantine:    0 B
      damage:        1 file

      DAMAGED FILE              OFFSET  BYTES  EVENTS LOST  WHAT
      0000000000000001.segment     503    463            1  bytes that are no entry, or entries that are missing

      SEQUENCE  TIME                      EVENT TYPE                   CORRELATION               EVENT ID
             1  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000001
             4  2026-01-15T10:30:00.123Z  aianalysis.phase.transition  rr-0123456789ab-01234567  019bbbd8-dbe5-792d-9ab5-000000000004
      audit: <root>/0 is damaged: 1 file, 1 event lost
      "
    `);
    expect(exitCode).toBe(3);
    const json = await runCommand(['spool', 'inspect', directory, '--json']);
    expect(JSON.parse(json.stdout).damage).toEqual([
      { kind: 'entries', file: name, ranges: [{ offset: 503, bytes: 463 }], bytes: 463, entries: 1 },
    ]);
    expect(snapshotOf(directory)).toEqual(before);
  });

  it('does not take an append for damage that a dying process did not finish', async () => {
    const directory = await leaveSpool(join(temporaryDirectory(), '0'), { waiting: events, nowMs });
    const [name = ''] = readdirSync(directory).filter((file) => file.endsWith('.segment'));
    const bytes = readFileSync(join(directory, name));
    writeFileSync(join(directory, name), bytes.subarray(0, -10));
    // The cursor of a spool that was closed knows how many entries there were.
    rmSync(join(directory, 'cursor'), { force: true });
    const { exitCode, stdout } = await runCommand(['spool', 'inspect', directory], { nowMs });
    expect(stdout).toContain('an append that a dying process did not finish');
    expect(exitCode).toBe(0);
  });

  it('reads a spool that a process holds, and is not in its way', async () => {
    await using spool = await holdSpool(join(temporaryDirectory(), '0'), {
      waiting: [sampleEvent(1)],
      nowMs,
    });
    const { exitCode, stdout } = await runCommand(['spool', 'inspect', spool.directory], { nowMs });
    expect(stdout).toContain(`held by:       process ${process.pid}\n`);
    expect(exitCode).toBe(0);
    expect(spool.append({ key: 'next', text: freshEvent() }).status).toBe('appended');
  });

  it('gives machines the exact texts', async () => {
    const directory = await leaveSpool(join(temporaryDirectory(), '0'), { waiting: events, nowMs });
    const { stdout } = await runCommand(['spool', 'inspect', directory, '--json', '--entries', '2']);
    expect(JSON.parse(stdout)).toMatchObject({
      directory,
      held: false,
      entries: 4,
      cursor: 'intact',
      acknowledged_below: 1,
      damage: [],
      first_entry: { sequence: 1, text: events[0] },
      last_entry: { sequence: 4, text: events[3] },
      entries_shown: [{ text: events[0] }, { text: events[1] }],
    });
  });

  it('exits with 2 on a directory that is no spool', async () => {
    const root = temporaryDirectory();
    const { exitCode, stderr } = await runCommand(['spool', 'inspect', root]);
    expect([exitCode, stderr]).toEqual([
      2,
      `audit: ${root} is no spool: "audit spool list --root" shows those below\n`,
    ]);
  });
});

/** Every file of a directory with its bytes; the lock and who holds it are nobody's content. */
function snapshotOf(directory: string): readonly unknown[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  return files
    .filter((file) => file.isFile() && file.name !== 'lock')
    .map((file) => [file.name, readFileSync(join(file.parentPath, file.name), 'latin1')]);
}
