import { describe, expect, it } from 'vitest';
import { leaveSpool } from '../../test-support/leave-spool.ts';
import { runCommand } from '../../test-support/run-command.ts';
import { sampleEvent, sampleEventId } from '../../test-support/sample-event.ts';
import { temporaryDirectory } from '../../test-support/temporary-directory.ts';

const nowMs = Date.parse('2026-01-15T12:00:00Z');

describe('audit dead-letters inspect', () => {
  it('shows the event and what the server said', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/gateway/0`, { dead: [sampleEvent(1)], nowMs: nowMs - 60_000 });
    const commandLine = ['dead-letters', 'inspect', sampleEventId(1), '--root', root];
    const { exitCode, stdout } = await runCommand(commandLine, { nowMs });
    expect(stdout.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "id:           0000000000000001-019bbbd8-dbe5-792d-9ab5-000000000001
      spool:        <root>/gateway/0
      emitted:      2026-01-15T11:59:00.000Z (1m ago)
      given up:     2026-01-15T11:59:00.000Z (1m ago)
      reason:       invalid
      server said:  /event_data/new_phase: expected one of the phases, received "Guessing"

      {
        "version": "1.0",
        "event_id": "019bbbd8-dbe5-792d-9ab5-000000000001",
        "event_type": "aianalysis.phase.transition",
        "event_timestamp": "2026-01-15T10:30:00.123Z",
        "event_category": "analysis",
        "event_action": "phase_transition",
        "event_outcome": "success",
        "correlation_id": "rr-0123456789ab-01234567",
        "event_data": {
          "event_type": "aianalysis.phase.transition",
          "old_phase": "Pending",
          "new_phase": "Investigating"
        }
      }
      "
    `);
    expect(exitCode).toBe(0);
  });

  it('shows hostile text harmlessly, and keeps what it means', async () => {
    const root = temporaryDirectory();
    const hostile = sampleEvent(1, { actor_id: '\u009b2J\u202e\u{e0041}' });
    await leaveSpool(`${root}/gateway/0`, { dead: [hostile] });
    const { stdout } = await runCommand(['dead-letters', 'inspect', sampleEventId(1), '--root', root]);
    expect(stdout).toContain('"actor_id": "\\u009b2J\\u202e\\udb40\\udc41"');
    expect(JSON.parse(stdout.slice(stdout.indexOf('\n{')))).toEqual(JSON.parse(hostile));
  });

  it('gives machines the exact text', async () => {
    const root = temporaryDirectory();
    const text = `${sampleEvent(1).slice(0, -1)},"severity":"info" }`;
    await leaveSpool(`${root}/gateway/0`, { dead: [text] });
    const { stdout } = await runCommand([
      'dead-letters',
      'inspect',
      sampleEventId(1),
      '--root',
      root,
      '--json',
    ]);
    expect(JSON.parse(stdout).text).toBe(text);
  });

  it('exits with 2 when there is no such dead letter, or more than one', async () => {
    const root = temporaryDirectory();
    await leaveSpool(`${root}/a/0`, { dead: [sampleEvent(1)] });
    await leaveSpool(`${root}/b/0`, { dead: [sampleEvent(1)] });
    const twice = await runCommand(['dead-letters', 'inspect', sampleEventId(1), '--root', root]);
    const never = await runCommand(['dead-letters', 'inspect', sampleEventId(2), '--root', root]);
    expect([twice.exitCode, never.exitCode]).toEqual([2, 2]);
    expect((twice.stderr + never.stderr).replaceAll(root, '<root>')).toMatchInlineSnapshot(`
      "audit: 019bbbd8-dbe5-792d-9ab5-000000000001 is kept more than once, in <root>/a/0 and <root>/b/0: give --directory and the full id
      audit: no dead letter 019bbbd8-dbe5-792d-9ab5-000000000002 is kept there: "audit dead-letters list" shows them
      "
    `);
  });
});
