import { type AuditServer, createDatabase, startAuditServer } from '@audit/environments';
import { unseenCharacter } from '@audit/schema';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { exampleRemediations, storeExamples } from '../test-support/example-events.ts';
import { type CommandCircumstances, runCommand } from '../test-support/run-command.ts';
import { sampleEvent } from '../test-support/sample-event.ts';
import { storeEvents } from '../test-support/store-events.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

let server: AuditServer;
let examples: number;
const { succeeded, failed } = exampleRemediations;

beforeAll(async () => {
  vi.stubEnv('XDG_CONFIG_HOME', '/nowhere');
  const environment = { DATABASE_URL: await createDatabase(inject('postgresUrl')) };
  server = await startAuditServer({ program: 'sources', environment });
  examples = await storeExamples(server.url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await server.stop();
});

const audit = (commandLine: readonly string[], circumstances?: CommandCircumstances) =>
  runCommand([...commandLine, '--url', server.url], circumstances);
const jsonOf = async (commandLine: readonly string[]) =>
  JSON.parse((await audit([...commandLine, '--json'])).stdout);

describe('audit query', () => {
  it('lists events newest first, as many as were asked for, and says how many there are', async () => {
    const { exitCode, stderr, stdout } = await audit(['query', '--limit', '2', '--correlation', succeeded]);
    expect(exitCode).toBe(0);
    // Those of the batch that came last in it.
    expect(stdout.split('\n').map((line) => line.split(/ {2,}/)[1])).toEqual([
      'EVENT',
      'workflowexecution.workflow.started',
      'workflowexecution.workflow.completed',
      undefined,
    ]);
    expect(stderr).toBe('2 of 36 events: --limit or --all shows more\n');
  });

  it('follows pages to the end, and writes every event once', async () => {
    await storeEvents(server.url, 400);
    await storeEvents(server.url, 400);
    const { stdout } = await audit(['query', '--all', '--correlation', 'rr-0123456789ab-01234567', '--json']);
    const ids = lines(stdout).map(({ event_id }) => event_id);
    expect([ids.length, new Set(ids).size]).toEqual([800, 800]);
    const { stderr } = await audit(['query', '--all', '--correlation', succeeded]);
    expect(stderr).toBe('36 events\n');
  });

  it.each([
    ['--type', 'gateway.signal.received'],
    ['--action', 'received'],
    ['--resource-type', 'Signal'],
    ['--actor-type', 'external'],
  ])('narrows by %s', async (...filter) => {
    const rows = lines(
      (await audit(['query', ...filter, '--outcome', 'success', '--order', 'asc', '--json'])).stdout,
    );
    expect(rows.map(({ event_type }) => event_type)).toContain('gateway.signal.received');
    expect(rows.every(({ event_category }) => event_category === 'gateway')).toBe(true);
  });

  it('narrows by a member of the payload, and writes one JSON array', async () => {
    const asked = ['query', '--detail', 'decision=Rejected', '--format', 'json'];
    expect(JSON.parse((await audit(asked)).stdout)).toMatchObject([
      { event_type: 'orchestrator.approval.rejected' },
    ]);
    expect(await audit(['query', '--detail', 'decision=Never', '--format', 'json'])).toMatchObject({
      exitCode: 0,
      stdout: '[]\n',
    });
  });

  it.each([
    ['--detail', 'decision'],
    ['--detail', 'a/b=c'],
    ['--correlation', ''],
    ['--limit', '0'],
    ['--since', 'yesterday'],
    ['--all', '--limit', '3'],
  ])('refuses %s %s', async (...filter) => {
    const { exitCode, stderr, stdout } = await audit(['query', ...filter]);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^audit: .+\n$/);
  });
});

describe('audit trail', () => {
  it('tells how a remediation ended, its gaps, its timeline and its services', async () => {
    const { exitCode, stderr, stdout } = await audit(['trail', succeeded]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^rr-3f9ab2c41d07-5e8c1a7b {2}SUCCEEDED\nthe remediation succeeded: Remediated\n/);
    expect(stdout).toMatch(/\n +\+17m47s +11m19s ✓ orchestrator +Approval granted +by .*\n/);
    expect(stdout).toContain('\nGaps\n');
    expect(stdout).toMatch(/\nServices\n {2}gateway +█/);
  });

  it('tells failures first', async () => {
    const { stdout } = await audit(['trail', failed]);
    const [, , , , , heading, first] = stdout.split('\n');
    expect(heading).toBe('Failures');
    expect(first).toMatch(/^ {2}✗ \+0\.5s orchestrator Remediation failed: /);
  });

  it('gives machines every step with what finds its event', async () => {
    const trail = await jsonOf(['trail', succeeded]);
    expect(trail).toMatchObject({ correlationId: succeeded, outcome: { status: 'succeeded' }, purged: 0 });
    expect(trail.steps).toHaveLength(36);
    expect(trail.steps[0]).toMatchObject({
      type: 'gateway.signal.received',
      eventId: '019bbbc8-90c6-770c-b57b-8625edb2dea2',
    });
    expect(Object.hasOwn(trail.steps[0], 'event')).toBe(false);
  });

  it('says that there is no such correlation', async () => {
    expect(await audit(['trail', 'rr-none'])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^audit: .*no event of correlation rr-none/),
    });
    expect((await audit(['trail', ''])).exitCode).toBe(2);
  });
});

describe('audit why', () => {
  it('tells the decision path, behind every fact the record that says so', async () => {
    const { exitCode, stdout } = await audit(['why', succeeded]);
    expect(exitCode).toBe(0);
    const stages = [...stdout.matchAll(/^[✓✗…–] (.+?) {2}/gm)].map(([, title]) => title);
    expect(stages).toEqual([
      'Signal',
      'Classification',
      'AI analysis',
      'Policy',
      'Approval',
      'Change',
      'Effect',
      'Notification',
    ]);
    const approved = lines(
      (await audit(['query', '--type', 'webhook.approval.decided', '--json'])).stdout,
    )[0];
    expect(stdout).toContain(`decided by    ${approved?.actor_id} [${approved?.sequence}]`);
  });

  it('says what is absent, failures first', async () => {
    const { failures, stages } = await jsonOf(['why', failed]);
    expect(failures[0]).toMatchObject({ type: 'orchestrator.lifecycle.failed' });
    expect(
      stages
        .filter(({ state }: { state: string }) => state === 'absent')
        .map(({ name }: { name: string }) => name),
    ).toEqual(['signal', 'classification', 'policy', 'approval', 'change', 'effect']);
  });
});

describe('audit diff', () => {
  it('tells what only one of two remediations has', async () => {
    const { exitCode, stdout } = await audit(['diff', succeeded, failed]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^- rr-3f9ab2c41d07-5e8c1a7b {2}SUCCEEDED .*\n\+ rr-3f9ab2c41d07-2b7d90ce {2}TIMED OUT /,
    );
    expect(stdout).toContain('\nSteps only in the second\n');
    const same = await jsonOf(['diff', succeeded, succeeded]);
    expect(same).toMatchObject({ onlyInFirst: [], onlyInSecond: [], changed: [], decisions: [], shared: 36 });
  });
});

describe('audit tail', () => {
  it('shows what is stored, from a position on, and ends after so many', async () => {
    const { exitCode, stdout } = await audit([
      'tail',
      '--after',
      '-1',
      '--limit',
      String(examples),
      '--json',
    ]);
    expect(exitCode).toBe(0);
    expect(lines(stdout).map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: examples }, (_, place) => place),
    );
    const one = await audit(['tail', '--after', '-1', '--limit', '1', '--type', 'gateway.signal.received']);
    expect(one.stdout).toMatch(/^09:14:02\.310 ✓ gateway\.signal\.received +rr-3f9ab2c41d07-5e8c1a7b /);
  });

  it('ends with 0 when the person stops it, and says how to go on', async () => {
    const stopping = new AbortController();
    const ended = audit(['tail', '--after', '-1', '--correlation', failed, '--limit', '7'], {
      signal: stopping.signal,
      answer: '',
      onStdout: (text) => {
        if (text.includes('notification.message.failed')) stopping.abort();
      },
    });
    expect(await ended).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^\d events; go on with --after \d+\n$/),
    });
  });
});

describe('audit stats', () => {
  it('counts by time, category and outcome', async () => {
    const time = ['--since', '2026-01-14', '--until', '2026-01-14T23:59:59'];
    const { stdout } = await audit(['stats', '--interval', 'day', '--outcome', 'failure', ...time]);
    expect(stdout).toMatch(
      /^FROM \(UTC\) +EVENTS +FAILURES\n2026-01-14 +8 +8 {2}█{40}\n\n8 events\n\nCATEGORY/,
    );
    const statistics = await jsonOf(['stats', '--interval', 'hour', '--correlation', succeeded, ...time]);
    expect(statistics).toMatchObject({ interval: 'hour', total: 36 });
  });
});

describe('audit show, reconstruct, keys, status and verify-chain', () => {
  it('show one event with all its members, exactly as it is written', async () => {
    const id = '019bbbc8-90c6-770c-b57b-8625edb2dea2';
    const shown = await audit(['show', id]);
    expect(JSON.parse(shown.stdout)).toMatchObject({ event_id: id, event_type: 'gateway.signal.received' });
    expect((await audit(['show', '019bbbc8-0000-770c-b57b-8625edb2dea2'])).exitCode).toBe(2);
  });

  it('rebuild the manifest of a remediation, and say what is missing', async () => {
    const { exitCode, stderr, stdout } = await audit(['reconstruct', succeeded]);
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^\d+ % of the manifest is on record\n/)]);
    expect(stdout).toMatch(/^apiVersion: .*\nkind: RemediationRequest\n/);
    expect((await audit(['reconstruct', 'rr-none'])).exitCode).toBe(2);
  });

  it('tell how the server and its log are', async () => {
    const { stdout } = await audit(['status']);
    expect(stdout).toMatch(/^server: +http.*\nstatus: +ready\nlog: +default, /);
    const [key] = (await jsonOf(['keys'])).keys;
    expect(await jsonOf(['status'])).toMatchObject({
      readiness: { status: 'ready' },
      keys: [key.key],
      witnesses: [],
    });
    expect((await audit(['verify-chain', failed])).stdout).toMatch(/\n✓ each of \d+ records names the hash/);
  });
});

it('audit retention shows the policy, as a table and as the server says it', async () => {
  const policy = { is_purging: true, default_retention_days: 2_555, category_retention_days: [] };
  expect(await jsonOf(['retention'])).toEqual(policy);
  expect((await audit(['retention'])).stdout).toMatch(/^CATEGORY +DAYS\nall +2,555\n\nthe server purges /);
});

describe('audit hold and audit erase', () => {
  it('place, list and release a hold', async () => {
    expect((await audit(['hold', 'place', failed, '--reason', 'case 1'])).stdout).toBe(
      `${failed} is held: 6 events, placed by anonymous\n`,
    );
    expect(await audit(['hold', 'place', failed, '--reason', 'again'])).toMatchObject({
      exitCode: 2,
      stdout: '',
    });
    expect((await audit(['hold', 'list'])).stdout).toMatch(
      /\nrr-3f9ab2c41d07-2b7d90ce {2}active +6 {2}.* anonymous {2}case 1\n$/,
    );
    expect((await audit(['hold', 'release', failed, '--reason', 'closed'])).exitCode).toBe(0);
    expect((await audit(['hold', 'list'])).stdout).not.toContain(failed);
    const released = lines((await audit(['hold', 'list', '--all', '--json'])).stdout);
    expect(released).toContainEqual(
      expect.objectContaining({ correlation_id: failed, status: 'released', release_reason: 'closed' }),
    );
    expect((await audit(['hold', 'place', 'rr-none', '--reason', 'r'])).exitCode).toBe(2);
    expect((await audit(['hold', 'place', failed])).exitCode).toBe(2);
  });

  it('erase a value for ever, and only when the person says so', async () => {
    const id = 'rr-to-erase';
    await storeText(sampleEvent(7, { correlation_id: id, actor_type: 'user', actor_id: 'erase-me' }));
    const erasing = ['erase', '--subject', 'erase-me', '--reason', 'request 17'];
    expect(await audit(erasing, { answer: 'n' })).toMatchObject({ exitCode: 1, stdout: '' });
    expect((await audit(erasing)).stdout).toMatch(/^1 member of 1 record erased, as request /);
    expect((await audit(['trail', id])).stdout).toContain('by [erased]');
    expect((await audit(['erase', '--reason', 'r'])).exitCode).toBe(2);
    expect((await audit(erasing)).exitCode).toBe(2);
  });
});

describe('hostile text of events', () => {
  const evil = '\u001b[2J\u202e<script>\u0007\r\n“rr”';
  const id = 'rr-\u001b]0;owned\u0007\u202e';

  it.each([
    ['query', '--all', '--correlation', id],
    ['query', '--all', '--format', 'json', '--correlation', id],
    ['query', '--all', '--json', '--correlation', id],
    ['trail', id],
    ['trail', id, '--json'],
    ['why', id],
    ['why', id, '--json'],
    ['diff', id, succeeded],
    ['diff', id, succeeded, '--json'],
    ['tail', '--after', '-1', '--limit', '1', '--correlation', id],
    ['tail', '--after', '-1', '--limit', '1', '--correlation', id, '--json'],
    ['show', '019bbbd8-dbe5-792d-9ab5-000000000009'],
    ['hold', 'place', id, '--reason', evil],
    ['hold', 'list'],
    ['hold', 'list', '--json'],
  ])('reaches no terminal by %s', async (...commandLine) => {
    await storeText(
      sampleEvent(9, {
        correlation_id: id,
        actor_id: evil,
        resource_id: evil,
        event_data: { event_type: 'aianalysis.phase.transition', old_phase: evil, new_phase: evil },
      }),
    );
    const { stdout, stderr, exitCode } = await audit(commandLine);
    expect(exitCode).toBe(0);
    for (const line of `${stdout}${stderr}`.split('\n')) expect(line).not.toMatch(unseenCharacter);
    expect(stdout).not.toBe('');
  });

  it('stays on record as it was', async () => {
    const rows = lines(
      (await audit(['query', '--correlation', id, '--limit', '1', '--order', 'asc', '--json'])).stdout,
    );
    expect(rows).toMatchObject([{ correlation_id: id, actor_id: evil }]);
  });
});

it('a manifest goes to a file that nobody else may read', async () => {
  const file = `${temporaryDirectory()}/request.yaml`;
  expect((await audit(['reconstruct', succeeded, '--output', file])).stdout).toBe('');
});

// A test may be run again, and another may have stored the same: then it is there already.
async function storeText(event: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${server.url}/api/v1/audit/events`, { method: 'POST', headers, body: event });
  expect([200, 201]).toContain(response.status);
}

function lines(text: string): readonly Readonly<Record<string, unknown>>[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}
