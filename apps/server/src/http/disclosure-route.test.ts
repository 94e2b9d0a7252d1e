import { verifyDisclosure, verifyExport, verifyPack } from '@audit/integrity';
import type { EventDisclosures, LogKeysResponse } from '@audit/schema';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { parseCsv } from '../test-support/parse-csv.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const audit = '/api/v1/audit';

interface Cancelled {
  readonly event_id: string;
  readonly actor_id: string;
  readonly correlation_id: string;
  readonly event_data: { readonly cancelled_by: string; readonly recipients: readonly { email: string }[] };
}

const cancelled = readExample('webhook.notification.cancelled.valid') as Cancelled;
const { correlation_id: correlationId, event_id: eventId, actor_id: person } = cancelled;
const email = cancelled.event_data.recipients[0]?.email ?? '';

async function textOf(server: TestServer, path: string): Promise<string> {
  const answer = await server.send('GET', `${audit}/${path}`);
  expect(answer.status, answer.text.slice(0, 500)).toBe(200);
  return answer.text;
}

async function disclosuresOf(server: TestServer, id: string): Promise<EventDisclosures> {
  return JSON.parse(await textOf(server, `events/${id}/disclosures`)) as EventDisclosures;
}

async function toldOf(server: TestServer): Promise<unknown[]> {
  const records = await server.records();
  return records
    .filter(({ event_type }) => event_type === 'datastorage.personal_data.disclosed')
    .map(({ correlation_id, actor_id, event_data }) => ({ correlation_id, actor_id, ...event_data }));
}

const readable = (disclosed: EventDisclosures) =>
  disclosed.disclosures.map(({ pointer, disclosure }) => [
    pointer,
    (JSON.parse(Buffer.from(disclosure, 'base64url').toString()) as unknown[])[2],
  ]);

describeDatabases('personal data', (open) => {
  it('is proven later to whoever has a redacted pack, value by value, and the log tells of it', async () => {
    const server = await startTestServer(open);
    await server.post(`${audit}/events`, cancelled);
    await server.post(`${audit}/events`, sampleEvent({ correlation_id: correlationId }));
    const pack = await textOf(server, `evidence-pack?correlation_id=${correlationId}`);
    const { keys } = JSON.parse(await textOf(server, 'log-keys')) as LogKeysResponse;
    expect(await verifyPack([pack], { trust: { keys } })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 3,
      disclosures: 0,
      manifest: { disclosures: 'withheld' },
    });
    for (const value of [person, email]) {
      expect(pack).not.toContain(value);
      expect(pack).not.toContain(Buffer.from(value).toString('base64url').slice(2, -2));
    }
    const [record = ''] = pack.split('\n').filter((line) => line.startsWith('{'));

    const disclosed = await disclosuresOf(server, eventId.toUpperCase());
    expect(disclosed).toMatchObject({ event_id: eventId, log_id: 'default', sequence: 0, erased: [] });
    const pointers = disclosed.disclosures.map(({ pointer }) => pointer);
    expect(new Map(readable(disclosed) as [string, unknown][]).get('/actor_id')).toBe(person);
    expect(pointers).toEqual(pointers.toSorted());
    for (const disclosure of disclosed.disclosures) {
      expect(verifyDisclosure(record, disclosure)).toMatchObject({ verdict: 'proven', sequence: 0 });
    }
    const [one] = disclosed.disclosures;
    const { disclosures: others } = await disclosuresOf(server, eventId);
    expect(
      verifyDisclosure(record, { pointer: '/event_data/x', disclosure: one?.disclosure ?? '' }).verdict,
    ).toBe('broken');
    expect(others).toEqual(disclosed.disclosures);
    const told = {
      correlation_id: correlationId,
      actor_id: 'anonymous',
      event_type: 'datastorage.personal_data.disclosed',
      event_id: eventId,
      sequence: 0,
      pointers,
    };
    expect(await toldOf(server)).toEqual([told, told]);
  });

  it('goes with packs and exports that ask for it, but for what was erased, and verifies there', async () => {
    const server = await startTestServer(open);
    await server.post(`${audit}/events`, cancelled);
    await server.post(`${audit}/events`, sampleEvent());
    const before = await disclosuresOf(server, eventId);
    const erasure = { event_id: eventId, pointer: '/actor_id', reason: 'Request 88.' };
    expect((await server.post(`${audit}/personal-data/erase`, erasure)).status).toBe(200);
    const after = await disclosuresOf(server, eventId);
    expect(after).toEqual({
      ...before,
      disclosures: before.disclosures.filter(({ pointer }) => pointer !== '/actor_id'),
      erased: ['/actor_id'],
    });

    const values = after.disclosures.length;
    const included = `to_sequence=1&disclosures=included`;
    const { keys } = JSON.parse(await textOf(server, 'log-keys')) as LogKeysResponse;
    const pack = await textOf(server, `evidence-pack?${included}`);
    expect(await verifyPack([pack], { trust: { keys } })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 2,
      disclosures: values,
      manifest: { disclosures: 'included' },
    });
    const lines = await textOf(server, `export?${included}`);
    expect(await verifyExport([lines], { end: 2 })).toMatchObject({
      records: 2,
      disclosures: values,
      failure: undefined,
    });
    expect(lines.split('\n').slice(1, values + 1)).toEqual(
      after.disclosures.map((disclosure) => `#disclosure ${JSON.stringify(disclosure)}`),
    );
    const changed = lines.replace(/("disclosure":"\w{20})./, '$1_');
    expect((await verifyExport([changed])).failure).toMatchObject({ code: 'disclosure_mismatch', line: 2 });

    const [row] = parseCsv(await textOf(server, `export?format=csv&${included}`));
    expect(row?.actor_id).toBe('[erased]');
    expect(JSON.parse(row?.event_data ?? '')).toEqual(cancelled.event_data);
    const [redacted] = parseCsv(await textOf(server, 'export?format=csv&to_sequence=1'));
    expect(redacted?.actor_id).toBe('');
    for (const value of [person, email]) {
      expect(JSON.stringify(redacted)).not.toContain(value);
      expect(await textOf(server, 'export?to_sequence=1')).not.toContain(value);
    }
  });

  it('of an event without any is nothing, and no event tells of it', async () => {
    const server = await startTestServer(open);
    const plain = sampleEvent();
    await server.post(`${audit}/events`, plain);
    expect(await disclosuresOf(server, plain.event_id ?? '')).toMatchObject({ disclosures: [], erased: [] });
    expect((await server.send('GET', `${audit}/events/${eventId}/disclosures`)).status).toBe(404);
    const faulty = await server.send('GET', `${audit}/events/7/disclosures`);
    expect([faulty.status, problemOf(faulty).errors?.map(({ pointer }) => pointer)]).toEqual([
      400,
      ['/event_id'],
    ]);
    expect(await server.records()).toHaveLength(1);
  });

  it('is not handed out when the log cannot tell of it, nor when it is erased meanwhile', async () => {
    let happens: () => Promise<void> = async () => {};
    const server = await startTestServer(async () => {
      const database = await open();
      return {
        ...database,
        async load(load) {
          const now = happens;
          happens = async () => {};
          await now();
          await database.load(load);
        },
      };
    });
    await server.post(`${audit}/events`, cancelled);
    happens = async () => {
      throw new Error('connection terminated');
    };
    const refused = await server.send('GET', `${audit}/events/${eventId}/disclosures`);
    expect([refused.status, refused.text.includes('disclosure"')]).toEqual([503, false]);
    await server.post(`${audit}/personal-data/erase`, { subject: person, reason: 'Request 88.' });
    const { disclosures, erased } = await disclosuresOf(server, eventId);
    expect(erased).toContain('/actor_id');
    expect(JSON.stringify(disclosures)).not.toContain(person);
  });
});
