import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {} from '@audit/environments';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { freshEvent } from '../test-support/sample-event.ts';
import { keyOf } from '../test-support/store-events.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

const url = inject('auditServerUrl');
const person = 'ada@example.org';
let key: string;

beforeAll(async () => {
  key = await keyOf(url);
});

/** Stores events of a correlation of their own, by a person. */
async function storeTrail(count: number): Promise<{ correlation: string; eventIds: readonly string[] }> {
  const correlation = `rr-${randomUUID()}`;
  const members = { correlation_id: correlation, actor_type: 'user', actor_id: person };
  const events = Array.from({ length: count }, () => ({ ...JSON.parse(freshEvent()), ...members }));
  await post('events/batch', events);
  return { correlation, eventIds: events.map(({ event_id }) => event_id) };
}

async function post(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${url}/api/v1/audit/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(response.status).toBeLessThan(300);
}

const ask = (command: string, ...options: readonly string[]) =>
  runCommand([command, '--url', url, ...options]);
const state = () => ['--state-dir', temporaryDirectory()];

describe('evidence of a server', () => {
  it('proves every record of a correlation, values withheld, and each value later', async () => {
    const { correlation, eventIds } = await storeTrail(3);
    const [eventId = ''] = eventIds;
    const folder = temporaryDirectory();
    const pack = join(folder, 'trail.pack');
    const values = join(folder, 'values.json');
    const exported = await ask('export', '--format', 'pack', '--correlation', correlation, '--output', pack);
    expect(exported.exitCode).toBe(0);
    expect(readFileSync(pack, 'utf8')).not.toContain(person);
    const disclosed = await ask('disclose', eventId, '--output', values);
    expect(disclosed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(disclosed.stdout).toMatch(/^1 value of record \d+ in .*: \/actor_id\n$/);
    const verify = ['verify', pack, '--key', key, '--disclosure', values];
    const proven = JSON.parse((await runCommand([...verify, '--json'])).stdout);
    expect(proven).toMatchObject({
      accepted: true,
      records: 4,
      population: { kind: 'correlation', correlation_id: correlation },
      disclosed: [{ event_id: eventId, pointer: '/actor_id', value: person }],
    });
    const forged = readFileSync(values, 'utf8').replace(/"disclosure":"[^"]*"/, (member) => {
      const disclosure = Buffer.from(JSON.stringify(['salt', 'actor_id', 'eve@example.org']));
      return member && `"disclosure":"${disclosure.toString('base64url')}"`;
    });
    writeFileSync(values, forged);
    const refused = await runCommand(verify);
    expect([refused.exitCode, refused.stderr]).toEqual([
      3,
      expect.stringMatching(/^audit: \/actor_id is not/),
    ]);
  });

  it('shows values only where they were asked for', async () => {
    const { correlation } = await storeTrail(2);
    const filter = ['--correlation', correlation];
    const rows = await ask('export', '--format', 'csv', '--disclosures', ...filter);
    expect(rows.stdout).toContain(person);
    expect((await ask('export', '--format', 'csv', ...filter)).stdout).not.toContain(person);
    const file = join(temporaryDirectory(), 'trail.jsonl');
    expect((await ask('export', '--disclosures', ...filter, '--output', file)).exitCode).toBe(0);
    const verified = await runCommand(['verify', file, '--filtered', 'correlation', '--consistency-only']);
    // The exports tell of themselves in the correlation, by whom they were asked for.
    expect(verified.stdout).toContain('the records vouch for the 5 disclosed values');
    expect(verified.exitCode).toBe(0);
  });

  it('says what was erased', async () => {
    const { eventIds } = await storeTrail(1);
    const [eventId = ''] = eventIds;
    const erasure = { event_id: eventId, pointer: '/actor_id', reason: 'Request 88.' };
    await post('personal-data/erase', erasure);
    const file = join(temporaryDirectory(), 'values.json');
    const { stdout } = await ask('disclose', eventId, '--output', file);
    expect(stdout).toMatch(/^0 values of record \d+ in .*; 1 erased: \/actor_id\n$/);
  });

  it('proves one event, and knows of no other', async () => {
    const { correlation, eventIds } = await storeTrail(2);
    const [, eventId = ''] = eventIds;
    const file = join(temporaryDirectory(), 'event.pack');
    const proven = await ask('prove', eventId, '--key', key, '--output', file, ...state());
    expect(proven).toMatchObject({ exitCode: 0, stderr: '' });
    expect(proven.stdout).toContain(`correlation:  ${correlation}\n`);
    expect((await runCommand(['verify', file, '--key', key])).exitCode).toBe(0);
    const unknown = await ask('prove', randomUUID(), '--key', key, ...state());
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('404')]);
    const noId = await ask('prove', 'nobody', '--key', key, ...state());
    expect([noId.exitCode, noId.stderr]).toEqual([2, expect.stringContaining('event_id')]);
  });

  it('proves a sample, which is the one that anybody chooses', async () => {
    await storeTrail(20);
    const choice = ['--size', '5', '--seed', 'audit of today', '--from-sequence', '2', '--to-sequence', '19'];
    const proven = await ask('sample', ...choice, '--key', key, '--json', ...state());
    expect(proven).toMatchObject({ exitCode: 0, stderr: '' });
    const { items } = JSON.parse(proven.stdout);
    const listed = await runCommand(['sample', '--list', ...choice]);
    expect(listed.stdout).toBe(items.map(({ sequence }: { sequence: number }) => `${sequence}\n`).join(''));
    const whole = await ask('sample', '--size', '5', '--seed', 'all', '--key', key, ...state());
    expect(whole).toMatchObject({ exitCode: 0, stderr: '' });
  });
});
