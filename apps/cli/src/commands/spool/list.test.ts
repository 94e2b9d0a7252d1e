import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { sampleEvent } from '../../test-support/sample-event.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const nowMs = Date.parse('2026-01-15T12:00:00Z');

describe('audit spool list', () => {
  it('shows every spool at any depth, held or not, and what it holds', async () => {
    const root = temporaryDirectory();
    const waiting = [sampleEvent(1), sampleEvent(2)];
    await leaveSpool(`${root}/audit.example.com-443/0`, { waiting, nowMs: nowMs - 3_725_000 });
    await leaveSpool(`${root}/audit.example.com-443/1`, { dead: [sampleEvent(3)], nowMs });
    await using spool = await holdSpool(`${root}/local`, { waiting: [sampleEvent(4)], nowMs });
    // The number of this process has another length every time.
    rmSync(join(spool.directory, 'owner'));
    const { exitCode, stdout } = await runCommand(['spool', 'list', '--root', root], { nowMs });
    expect(stdout.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "HELD BY    WAITING   SIZE  OLDEST  DEAD LETTERS  QUARANTINE  DAMAGE  SPOOL
      nobody           2  926 B   1h 2m             0         0 B  none    audit.example.com-443/0
      nobody           0    0 B       -             1         0 B  none    audit.example.com-443/1
      a process        1  463 B      0s             0         0 B  none    local

      3 spools below <root>, 3 events waiting
      "
    `);
    expect(exitCode).toBe(0);
  });

  it('writes a JSON line for each', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/local/0`, { waiting: [sampleEvent(1)], nowMs });
    const { stdout } = await runCommand(['spool', 'list', '--root', root, '--json']);
    expect(JSON.parse(stdout.replaceAll(root, '<root>'))).toMatchInlineSnapshot(`
      {
        "bytes": 463,
        "damaged_files": 0,
        "dead_letters": 0,
        "directory": "<root>/local/0",
        "entries": 1,
        "held": false,
        "oldest_appended_at": "2026-01-15T12:00:00.000Z",
        "owner_pid": null,
        "quarantine_bytes": 0,
        "segments": 1,
      }
    `);
  });

  it('says so when there is none', async () => {
    const root = temporaryDirectory();
    const { exitCode, stdout } = await runCommand(['spool', 'list', '--root', root]);
    expect([exitCode, stdout]).toEqual([0, `0 spools below ${root}, 0 events waiting\n`]);
  });
});
