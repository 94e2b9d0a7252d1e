import { describe, expect, it } from 'vitest';
import { holdSpool, leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { sampleEvent } from '../../test-support/sample-event.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const nowMs = Date.parse('2026-01-15T12:00:00Z');
const hostileText = '\u001b[2J\u202egone\n';

describe('audit dead-letters list', () => {
  it('shows every dead letter below the root, and where it is', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1), sampleEvent(2)], nowMs: nowMs - 90_000 });
    await leaveSpool(`${root}/webhook/0`, { dead: ['no JSON at all'], nowMs: nowMs - 7_200_000 });
    const { exitCode, stdout } = await runCommand(['dead-letters', 'list', '--root', root], { nowMs });
    expect(stdout.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "      DIED  REASON   EVENT TYPE                   CORRELATION               ID                                                     SPOOL
      1m 30s ago  invalid  aianalysis.phase.transition  rr-0123456789ab-01234567  0000000000000001-019bbbd8-dbe5-792d-9ab5-000000000001  gateway/0
      1m 30s ago  invalid  aianalysis.phase.transition  rr-0123456789ab-01234567  0000000000000002-019bbbd8-dbe5-792d-9ab5-000000000002  gateway/0
          2h ago  invalid  -                            -                         0000000000000001-entry-0                               webhook/0

      3 dead letters below <root>
      "
    `);
    expect(exitCode).toBe(0);
  });

  it('shows those of one spool', async () => {
    const root = temporaryDirectory();
    const directory = await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)], nowMs });
    await leaveSpool(`${root}/webhook/0`, { dead: [sampleEvent(2)], nowMs });
    const { stdout } = await runCommand(['dead-letters', 'list', '--directory', directory], { nowMs });
    expect(stdout.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "  DIED  REASON   EVENT TYPE                   CORRELATION               ID                                                     SPOOL
      0s ago  invalid  aianalysis.phase.transition  rr-0123456789ab-01234567  0000000000000001-019bbbd8-dbe5-792d-9ab5-000000000001  .

      1 dead letter in <root>/gateway/0
      "
    `);
  });

  it('writes a JSON line for each, its text left out', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)], nowMs });
    const { stdout } = await runCommand(['dead-letters', 'list', '--root', root, '--json'], { nowMs });
    expect(stdout.split('\n')).toEqual([expect.any(String), '']);
    expect(JSON.parse(stdout.replaceAll(root, '<root>'))).toMatchInlineSnapshot(`
      {
        "appended_at": "2026-01-15T12:00:00.000Z",
        "correlation_id": "rr-0123456789ab-01234567",
        "detail": "/event_data/new_phase: expected one of the phases, received "Guessing"",
        "died_at": "2026-01-15T12:00:00.000Z",
        "directory": "<root>/gateway/0",
        "event_id": "019bbbd8-dbe5-792d-9ab5-000000000001",
        "event_timestamp": "2026-01-15T10:30:00.123Z",
        "event_type": "aianalysis.phase.transition",
        "id": "0000000000000001-019bbbd8-dbe5-792d-9ab5-000000000001",
        "key": "019bbbd8-dbe5-792d-9ab5-000000000001",
        "reason": "invalid",
        "sequence": 1,
      }
    `);
  });

  it('shows hostile text harmlessly, to people and to machines', async () => {
    const root = temporaryDirectory();
    const hostile = sampleEvent(1, { correlation_id: hostileText, event_type: hostileText });
    await leaveSpool(`${root}/gateway/0`, { dead: [hostile], nowMs });
    for (const flags of [[], ['--json']]) {
      const { stdout } = await runCommand(['dead-letters', 'list', '--root', root, ...flags], { nowMs });
      expect(stdout).not.toMatch(/[\p{Cf}\p{Cs}]|\p{Cc}(?<!\n)/u);
      expect(stdout).toContain('gone');
    }
  });

  it('says so when there are none', async () => {
    const root = temporaryDirectory();
    const { exitCode, stdout } = await runCommand(['dead-letters', 'list', '--root', root]);
    expect([exitCode, stdout]).toEqual([0, `0 dead letters below ${root}\n`]);
  });

  it('shows what is kept while the process that produces it runs', async () => {
    const root = temporaryDirectory();
    await using spool = await holdSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)] });
    const { stdout } = await runCommand(['dead-letters', 'list', '--root', root]);
    expect(stdout).toContain('1 dead letter below');
    expect(spool.statistics().deadLetters).toBe(1);
  });
});
