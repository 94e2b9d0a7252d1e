import { join } from 'node:path';
import { createDatabase } from '@audit/environments';
import { openFileSpool } from '@audit/spool';
import { pino } from 'pino';
import { expect, inject, it } from 'vitest';
import { defaultIngestLimits } from '../ingest-limits.ts';
import { prepareEvent } from '../record/prepare-event.ts';
import { openPostgres } from '../store/postgres.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { openServerSpools } from './server-spools.ts';
import { toSpoolInput } from './spooled-request.ts';

const logger = pino({ level: 'silent' });
const accepted = Date.parse('2026-01-15T12:00:00Z');

async function leave(directory: string, count: number): Promise<string[]> {
  const spool = openFileSpool({ directory, now: () => accepted });
  const events = Array.from({ length: count }, () => prepareEvent(sampleEvent(), 'unused'));
  for (const event of events) spool.append(toSpoolInput([event]));
  await spool.close();
  return events.map(({ eventId }) => eventId);
}

it('stores what every dead process of the host left, with the time of its acceptance, and shares the root', async () => {
  const root = temporaryDirectory();
  const url = await createDatabase(inject('postgresUrl'));
  const left = [
    await leave(join(root, '0'), 5),
    await leave(join(root, '1'), 3),
    await leave(join(root, '2'), 2),
  ];
  // Held by a process that lives: hands off.
  const held = openFileSpool({ directory: join(root, '3') });
  held.append(toSpoolInput([prepareEvent(sampleEvent(), 'unused')]));
  const start = () => {
    const spools = openServerSpools({ root, quotaBytes: 67_108_864, limits: defaultIngestLimits, logger });
    const open = async () => openPostgres({ url, onIdleError: () => {} });
    return startTestServer(open, { spools: { ...spools, lookEveryMs: 5 } });
  };
  const [first] = await Promise.all([start(), start()]);
  while ((await checkChain(first.database)) < 10);
  const records = await first.records();
  expect(records.map(({ event_id }) => event_id).toSorted()).toEqual(left.flat().toSorted());
  expect(new Set(records.map(({ received_at }) => received_at))).toEqual(
    new Set([new Date(accepted).toISOString()]),
  );
  for (const ids of left) {
    expect(records.map(({ event_id }) => event_id).filter((id) => ids.includes(id))).toEqual(ids);
  }
  expect(held.statistics().entries).toBe(1);
  await held.close();
});

it('keeps requests as large as the body may be', async () => {
  const { spool } = openServerSpools({
    root: temporaryDirectory(),
    quotaBytes: 67_108_864,
    limits: defaultIngestLimits,
    logger,
  });
  const { batchEventsMax, bodyBytesMax } = defaultIngestLimits;
  const filler = 'é'.repeat(Math.floor(bodyBytesMax / batchEventsMax / 2));
  const base = sampleEvent();
  const large = { ...base, event_data: { ...base.event_data, old_phase: filler } };
  const events = Array.from({ length: batchEventsMax }, () => prepareEvent(large, 'unused'));
  expect(spool.append(toSpoolInput(events)).status).toBe('appended');
  await spool.close();
});
