import { pino } from 'pino';
import { expect, it } from 'vitest';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const events = '/api/v1/audit/events';
const erase = '/api/v1/audit/personal-data/erase';
const reason = 'Request 88 under article 17 GDPR.';

interface Cancelled {
  readonly event_id: string;
  readonly actor_id: string;
  readonly correlation_id: string;
  readonly event_data: { readonly cancelled_by: string; readonly recipients: readonly { email: string }[] };
}

const cancelled = readExample('webhook.notification.cancelled.valid') as Cancelled;
const person = cancelled.actor_id;
const email = cancelled.event_data.recipients[0]?.email ?? '';

async function bytes(server: TestServer): Promise<unknown> {
  return server.database.query(
    `select sequence::text, record::text, encode(event_hash, 'hex') as hash from audit.records
     where event_category <> 'datastorage' order by records.sequence`,
  );
}

/** Every value of every column of the schema, as text. */
async function everythingStored(server: TestServer): Promise<string> {
  const tables = await server.database.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'audit'",
  );
  const texts = await Promise.all(
    tables.map(({ name }) =>
      server.database.query<{ text: string }>(
        `select coalesce(string_agg(to_jsonb(each)::text, ''), '') as text from audit.${name} as each`,
      ),
    ),
  );
  const disclosed = await server.database.query<{ disclosure: string | null }>(
    'select disclosure from audit.disclosures',
  );
  const decoded = disclosed.map(({ disclosure }) => Buffer.from(disclosure ?? '', 'base64url').toString());
  return (
    texts
      .flat()
      .map(({ text }) => text)
      .join('') + decoded.join('')
  );
}

describeDatabases('erasing personal data', (open) => {
  it('erases a value wherever the contract marks it, and leaves every record, hash and chain as it was', async () => {
    const server = await startTestServer(open, { now: () => Date.parse('2026-02-01T00:00:00Z') });
    await server.post(events, cancelled);
    await server.post(events, sampleEvent({ actor_type: 'user', actor_id: person }));
    await server.post(events, sampleEvent({ actor_type: 'user', actor_id: `${person}.au` }));
    const before = await bytes(server);
    expect(await everythingStored(server)).toContain(`"${person}"`);

    const answer = await server.post(erase, { subject: person, reason });
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        request_id: expect.any(String),
        members_erased: 3,
        records_affected: 2,
        members_kept_under_hold: 0,
        erased_by: 'anonymous',
        erased_at: '2026-02-01T00:00:00.000Z',
        event_ids: [expect.any(String)],
      },
    ]);
    expect(await bytes(server)).toEqual(before);
    expect(await everythingStored(server)).not.toContain(`"${person}"`);
    const [first, second, third, event] = await server.records();
    expect(first).toMatchObject({
      actor_id: '[erased]',
      event_data: { cancelled_by: '[erased]', recipients: cancelled.event_data.recipients },
      erased_members: ['/actor_id', '/event_data/cancelled_by'],
    });
    expect(second).toMatchObject({ actor_id: '[erased]', erased_members: ['/actor_id'] });
    expect(third).toMatchObject({ actor_id: `${person}.au` });
    expect(event).toMatchObject({
      event_type: 'datastorage.personal_data.erased',
      correlation_id: 'erasure:default',
      event_data: {
        request_id: JSON.parse(answer.text).request_id,
        members_erased: 3,
        members: [
          { sequence: 0, pointer: '/actor_id' },
          { sequence: 0, pointer: '/event_data/cancelled_by' },
          { sequence: 1, pointer: '/actor_id' },
        ],
      },
    });
    expect(await checkChain(server.database)).toBe(4);
    expect((await server.post(erase, { subject: person, reason })).status).toBe(404);
    expect((await server.post(events, cancelled)).status).toBe(409);
  });

  it('erases one member of one event', async () => {
    const server = await startTestServer(open);
    await server.post(events, cancelled);
    const selector = { event_id: cancelled.event_id, pointer: '/event_data/recipients/0/email' };
    expect((await server.post(erase, { ...selector, reason })).status).toBe(200);
    const [record] = await server.records();
    expect(record).toMatchObject({ actor_id: person, erased_members: [selector.pointer] });
    expect(await everythingStored(server)).not.toContain(email);
    for (const pointer of ['/event_type', '/event_data/recipients/0/email', '/nowhere']) {
      expect((await server.post(erase, { ...selector, pointer, reason })).status).toBe(404);
    }
  });

  it('keeps and counts what is under legal hold, unless it is ordered despite the hold', async () => {
    const server = await startTestServer(open);
    await server.post(events, cancelled);
    await server.post(
      events,
      sampleEvent({ correlation_id: 'rr-free', actor_type: 'user', actor_id: person }),
    );
    const { correlation_id } = cancelled;
    await server.post('/api/v1/audit/legal-hold', { correlation_id, reason: 'Litigation.' });
    const partly = await server.post(erase, { subject: person, reason });
    expect(JSON.parse(partly.text)).toMatchObject({ members_erased: 1, members_kept_under_hold: 2 });
    const all = await server.post(erase, { subject: person, reason, despite_hold: false });
    expect([all.status, problemOf(all).detail]).toEqual([
      409,
      expect.stringMatching(/^All 2 members that match belong to records under legal hold/),
    ]);
    const ordered = await server.post(erase, { subject: person, reason, despite_hold: true });
    expect(JSON.parse(ordered.text)).toMatchObject({ members_erased: 2, members_kept_under_hold: 0 });
    const told = (await server.records()).filter(
      ({ event_type }) => event_type === 'datastorage.personal_data.erased',
    );
    expect(told.map((record) => record.event_data)).toMatchObject([
      { despite_hold: false, members_erased: 1, members_kept_under_hold: 2 },
      { despite_hold: true, members_erased: 2, members_kept_under_hold: 0 },
    ]);
    expect(await checkChain(server.database)).toBe(5);
  });

  it('keeps who placed and who released a hold', async () => {
    const server = await startTestServer(open);
    await server.post(events, sampleEvent());
    const { correlation_id } = sampleEvent();
    await server.post('/api/v1/audit/legal-hold', { correlation_id, reason: 'Litigation.' });
    const answer = await server.post(erase, { subject: 'anonymous', reason, despite_hold: true });
    expect(answer.status).toBe(404);
  });

  it('is refused, and nothing written, when the request is wrong; the answer does not repeat whom it is about', async () => {
    const server = await startTestServer(open);
    await server.post(events, cancelled);
    const { event_id } = cancelled;
    const bad: [object, string[]][] = [
      [{ reason }, ['']],
      [{ subject: person }, ['/reason']],
      [{ subject: person, event_id, pointer: '/actor_id', reason }, ['']],
      [{ event_id, reason }, ['']],
      [{ pointer: '/actor_id', reason }, ['']],
      [{ subject: '', reason }, ['/subject']],
      [{ subject: person, reason, despite_hold: 'yes' }, ['/despite_hold']],
      [{ subject: 'a\u0000', reason }, ['/subject']],
      [{ event_id: 'x', pointer: '/actor_id', reason }, ['/event_id']],
      [{ subject: person, reason, everything: true }, ['/everything']],
    ];
    for (const [body, pointers] of bad) {
      const answer = await server.post(erase, body);
      expect([answer.status, problemOf(answer).errors?.map(({ pointer }) => pointer)]).toEqual([
        400,
        pointers,
      ]);
      expect(answer.text).not.toContain(person);
    }
    for (const subject of ["' or 1=1 --", '%', '[erased]', 'null', 'x'.repeat(1_024)]) {
      expect((await server.post(erase, { subject, reason })).status).toBe(404);
    }
    expect(await checkChain(server.database)).toBe(1);
  });

  it('writes what it erases, or what failed to be stored, into no log line', async () => {
    const lines: string[] = [];
    const logger = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const database = await open();
    const server = await startTestServer(async () => database, { logger });
    await server.post(events, cancelled);
    await server.post(erase, { subject: person, reason });
    // A row that the database refuses comes back in its error, whole.
    await database.query('alter table audit.contents add check (actor_id <> $$leaked@example.com$$)');
    const refused = sampleEvent({ actor_type: 'user', actor_id: 'leaked@example.com' });
    expect((await server.post(events, refused)).status).toBe(500);
    expect(lines.join('')).toContain('internal-error');
    expect(lines.join('')).not.toMatch(/leaked@example\.com/);
    expect(lines.join('')).not.toContain(person);
  });
});
