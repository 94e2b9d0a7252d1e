import { type AuditEvent, eventBytesMax } from '@audit/schema';
import { createMemorySpool } from '@audit/spool';
import { describe, expect, it } from 'vitest';
import { createTestClient, emitMany } from './client.test-support.ts';
import { exampleDraft } from './example-event.test-support.ts';

describe('emit', () => {
  it('adds an id and the time where they are missing and leaves the event as it is', async () => {
    const { client, transport } = createTestClient();
    const draft = Object.freeze(exampleDraft());
    const before = structuredClone(draft);
    const outcome = client.emit(draft);
    await client.flush();
    expect(draft).toEqual(before);
    expect(outcome).toEqual({
      status: 'accepted',
      eventId: expect.stringMatching(/^[\da-f]{8}-[\da-f]{4}-7/),
    });
    expect(transport.events).toEqual([
      {
        ...draft,
        event_id: outcome.status === 'accepted' && outcome.eventId,
        event_timestamp: '2026-01-15T00:00:00.000Z',
      },
    ]);
  });

  it('keeps the id and the time that an event has', async () => {
    const { client, transport } = createTestClient();
    const stamps = {
      event_id: '019bbbd8-e35e-768f-9670-d80ea5c01dde',
      event_timestamp: '2026-01-14T09:31:52.030Z',
    };
    expect(client.emit({ ...exampleDraft(), ...stamps })).toEqual({
      status: 'accepted',
      eventId: stamps.event_id,
    });
    await client.flush();
    expect(transport.events).toMatchObject([stamps]);
  });

  it('writes the time anew when the clock moves', async () => {
    const { client, clock, transport } = createTestClient();
    emitMany(client, 2);
    await clock.advance(1);
    emitMany(client, 1);
    await client.flush();
    expect(transport.events.map((event) => event.event_timestamp.slice(-5))).toEqual([
      '.000Z',
      '.000Z',
      '.001Z',
    ]);
  });

  it('sends nothing before it returns, even when a batch is full', () => {
    const { client } = createTestClient({ batchEventsMax: 2 });
    emitMany(client, 10);
    expect(client.metrics()).toMatchObject({ requests: 0, spooled: 10 });
  });

  it('rejects an event that cannot be written as JSON and says why', () => {
    const { client } = createTestClient();
    const toJSON = () => {
      throw new RangeError('no text');
    };
    const outcome = client.emit(Object.assign(exampleDraft(), { toJSON }));
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: 'not_serialisable',
      error: { code: 'not_serialisable' },
    });
    expect(outcome.status === 'rejected' && outcome.error?.message).toMatchInlineSnapshot(
      `"emit: expected an event that can be written as JSON, received an object: no text"`,
    );
  });

  it.each([
    undefined,
    null,
    1n,
    Symbol('event'),
    { event_id: 5 },
    {
      toJSON: () => {
        throw Object.create(null);
      },
    },
  ])('never throws, not even for %o', async (value) => {
    const { client } = createTestClient();
    // JavaScript callers can pass anything.
    expect(() => client.emit(value as unknown as AuditEvent)).not.toThrow();
    await client.flush();
    expect(client.metrics().spooled).toBe(0);
  });

  it('measures an event in bytes of UTF-8 and rejects what is too large', () => {
    const { client } = createTestClient();
    const draft = exampleDraft();
    const withTarget = (target_resource: string) => ({
      ...draft,
      event_data: { ...draft.event_data, target_resource },
    });
    const fits = client.emit(withTarget('x'.repeat(eventBytesMax - 1_000)));
    const tooLarge = client.emit(withTarget('é'.repeat(eventBytesMax / 2)));
    expect(fits.status).toBe('accepted');
    expect(tooLarge).toEqual({ status: 'rejected', reason: 'too_large', eventId: expect.any(String) });
  });

  it('rejects events when the spool is full and takes them again when it has room', async () => {
    const { client } = createTestClient({ spool: createMemorySpool({ entriesMax: 2 }) });
    emitMany(client, 2);
    expect(client.emit(exampleDraft())).toMatchObject({ status: 'rejected', reason: 'queue_full' });
    await client.flush();
    expect(client.emit(exampleDraft())).toMatchObject({ status: 'accepted' });
  });

  it('rejects events as soon as the client closes', async () => {
    const { client } = createTestClient();
    const closing = client.close();
    expect(client.emit(exampleDraft())).toEqual({ status: 'rejected', reason: 'closed' });
    await closing;
    expect(client.metrics()).toMatchObject({ emitted: 1, rejected: 1, state: 'closed' });
  });

  it('counts right when an event reads the metrics while it is written', () => {
    const { client } = createTestClient();
    const seen: number[] = [];
    const toJSON = () => {
      const { emitted, acknowledged, spooled, dead, rejected } = client.metrics();
      seen.push(emitted - acknowledged - spooled - dead - rejected);
      return exampleDraft();
    };
    client.emit(Object.assign(exampleDraft(), { toJSON }));
    expect(seen).toEqual([0]);
  });
});
