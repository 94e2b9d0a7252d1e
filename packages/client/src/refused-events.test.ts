import { createMemorySpool, type DeadLetter } from '@audit/spool';
import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany, refusal } from './client.test-support.ts';
import { exampleDraft, invalidDraft } from './example-event.test-support.ts';
import type { AuditTransport, TransportAnswer } from './transport.ts';

/** A server that refuses what contains a bad event, and says no more than the status. */
function silentServer(status: number, isRefused: (eventIds: readonly string[]) => boolean): AuditTransport {
  return {
    send: async ({ eventIds }): Promise<TransportAnswer> => ({ status: isRefused(eventIds) ? status : 201 }),
  };
}

describe('events that the server refuses', () => {
  it('are found with three requests when the server names them', async () => {
    const dead: DeadLetter[] = [];
    const { client, transport } = createTestClient({ onDeadLetter: (event) => dead.push(event) });
    emitMany(client, 250);
    client.emit(invalidDraft());
    emitMany(client, 249);
    expect(await client.flush()).toEqual({
      delivered: true,
      acknowledged: 499,
      spooled: 0,
      dead: 1,
      rejected: 0,
    });
    expect(client.metrics().requests).toBeLessThanOrEqual(3);
    expect(dead).toEqual(await client.deadLetters());
    expect(dead).toMatchObject([
      { reason: 'invalid', appendedAt: '2026-01-15T00:00:00.000Z', diedAt: '2026-01-15T00:00:00.000Z' },
    ]);
    expect(dead[0]?.detail).toContain('/correlation_id');
    expect(JSON.parse(dead[0]?.text ?? '')).toMatchObject({ event_id: dead[0]?.key, correlation_id: '' });
    expect(transport.events).toHaveLength(499);
  });

  it('are dead when their id is stored with other content', async () => {
    const { client } = createTestClient();
    const event_id = '019bbbd8-e35e-768f-9670-d80ea5c01dde';
    client.emit({ ...exampleDraft('rr-1'), event_id });
    client.emit({ ...exampleDraft('rr-2'), event_id });
    emitMany(client, 1);
    expect(await client.flush()).toMatchObject({ acknowledged: 2, dead: 1 });
    expect(await client.deadLetters()).toMatchObject([{ key: event_id, reason: 'conflict' }]);
  });

  for (const position of [0, 1, 249, 250, 311, 499]) {
    it.each([400, 409, 422])(
      `are found with 20 requests on a bare %i, at position ${position} of 500`,
      async (status) => {
        let bad = '';
        const { client } = createTestClient({ transport: silentServer(status, (ids) => ids.includes(bad)) });
        bad = emitMany(client, 500)[position] ?? '';
        expect(await client.flush()).toMatchObject({ delivered: true, acknowledged: 499, dead: 1 });
        expect(client.metrics().requests).toBeLessThanOrEqual(20);
        expect((await client.deadLetters()).map((deadLetter) => deadLetter.key)).toEqual([bad]);
      },
    );
  }

  it('are found when there are several of them', async () => {
    const bad = new Set<string>();
    const { client } = createTestClient({
      transport: silentServer(422, (ids) => ids.some((id) => bad.has(id))),
    });
    const ids = emitMany(client, 1_200);
    for (const position of [3, 4, 600, 1_199]) bad.add(ids[position] ?? '');
    expect(await client.flush()).toMatchObject({ acknowledged: 1_196, dead: 4 });
    expect(new Set((await client.deadLetters()).map((deadLetter) => deadLetter.key))).toEqual(bad);
  });

  it('do not take others with them when the connection fails while they are searched', async () => {
    const { client, clock, transport } = createTestClient();
    transport.respondWith(refusal(400), new Error('reset'), refusal(400), { status: 503 });
    emitMany(client, 4);
    await clock.advance(60_000);
    expect(client.metrics()).toMatchObject({ acknowledged: 4, dead: 0 });
    expect(transport.batches.map((batch) => batch.eventIds.length)).toEqual([4, 2, 2, 1, 1, 1, 2]);
  });

  it('halve the batch for good when it is too large', async () => {
    const sent: number[] = [];
    const transport: AuditTransport = {
      send: async ({ eventIds }) => {
        sent.push(eventIds.length);
        return { status: eventIds.length > 200 ? 413 : 201 };
      },
    };
    const { client } = createTestClient({ transport });
    emitMany(client, 500);
    await client.flush();
    emitMany(client, 500);
    expect(await client.flush()).toMatchObject({ acknowledged: 1_000, dead: 0 });
    expect(sent.filter((events) => events > 200)).toEqual([500, 250]);
  });

  it('are dead when they are alone and still too large', async () => {
    const { client } = createTestClient({ transport: silentServer(413, () => true) });
    emitMany(client, 2);
    expect(await client.flush()).toMatchObject({ dead: 2 });
    expect(await client.deadLetters()).toMatchObject([{ reason: 'too_large' }, { reason: 'too_large' }]);
  });

  it('are counted beyond the number that is kept', async () => {
    const { client } = createTestClient({ spool: createMemorySpool({ deadLettersMax: 2 }) });
    for (let index = 0; index < 5; index += 1) client.emit(invalidDraft());
    expect(await client.flush()).toMatchObject({ dead: 5 });
    expect(await client.deadLetters()).toHaveLength(2);
  });
});
