import { skipEvent } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import type { AuditClient } from './audit-client.ts';
import { bindBuilders } from './bind-builders.ts';
import { createTestClient } from './client.test-support.ts';
import { exampleDraft } from './example-event.test-support.ts';

const builders = {
  workflowStarted: (input: { readonly name: string }) => exampleDraft(input.name),
  workflowIgnored: (_input: string) => skipEvent('the workflow is a rehearsal'),
  workflowBroken: (_input: string): never => {
    throw new TypeError("cannot read 'name' of undefined");
  },
};

describe('bindBuilders', () => {
  it('emits what a builder returns, also when the method is detached', async () => {
    const { client, transport } = createTestClient();
    const { workflowStarted } = bindBuilders(client, builders);
    expect(workflowStarted({ name: 'rr-7' })).toEqual({ status: 'accepted', eventId: expect.any(String) });
    await client.flush();
    expect(transport.events).toMatchObject([{ correlation_id: 'rr-7' }]);
  });

  it('does not count an event that a builder skips', () => {
    const { client } = createTestClient();
    const manager = bindBuilders(client, builders);
    expect(manager.workflowIgnored('w')).toEqual({
      status: 'skipped',
      reason: 'the workflow is a rehearsal',
    });
    expect(client.metrics()).toMatchObject({ emitted: 0, rejected: 0 });
  });

  it('turns a builder that throws into a rejected, counted outcome', () => {
    const { client } = createTestClient();
    const outcome = bindBuilders(client, builders).workflowBroken('w');
    expect(outcome).toMatchObject({
      status: 'rejected',
      reason: 'builder_failed',
      error: { code: 'builder_failed' },
    });
    expect(outcome.status === 'rejected' && outcome.error?.message).toMatchInlineSnapshot(
      `"builder workflowBroken failed on its input: cannot read 'name' of undefined"`,
    );
    expect(client.metrics()).toMatchObject({ emitted: 1, rejected: 1 });
  });

  it.each([undefined, null, {}, 'client'])('throws at creation when the client is %o', (client) => {
    // Dependency injection in JavaScript can find nothing.
    expect(() => bindBuilders(client as unknown as AuditClient, builders)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration' }),
    );
  });

  it('makes one event of repeated calls with the same identity, in every process', async () => {
    const { client, transport } = createTestClient();
    const identity = { emissionKey: 'phase-Running', occurredAt: '2026-01-14T10:31:51+01:00' };
    const first = bindBuilders(client, builders).workflowStarted({ name: 'rr-7' }, identity);
    const again = bindBuilders(client, builders).workflowStarted({ name: 'rr-7' }, identity);
    const eventId = '3fb58f7a-6fa3-89f5-a45b-b593bc77a883';
    expect([first, again]).toEqual([
      { status: 'accepted', eventId },
      { status: 'accepted', eventId },
    ]);
    await client.flush();
    expect(transport.events).toMatchObject([
      { event_id: eventId, event_timestamp: '2026-01-14T09:31:51.000Z' },
    ]);
  });

  it('tells changes apart by key and by resource', () => {
    const { client } = createTestClient();
    const manager = bindBuilders(client, builders);
    const occurredAt = new Date('2026-01-14T09:31:51Z');
    const outcomes = [
      manager.workflowStarted({ name: 'rr-7' }, { emissionKey: 'a', occurredAt }),
      manager.workflowStarted({ name: 'rr-7' }, { emissionKey: 'b', occurredAt }),
      manager.workflowStarted({ name: 'rr-8' }, { emissionKey: 'a', occurredAt }),
    ];
    const ids = outcomes.flatMap((outcome) => (outcome.status === 'accepted' ? [outcome.eventId] : []));
    expect(new Set(ids).size).toBe(3);
  });

  it('rejects an identity whose time is none, and does not throw', () => {
    const { client } = createTestClient();
    const identity = { emissionKey: 'a', occurredAt: 'yesterday' };
    expect(bindBuilders(client, builders).workflowStarted({ name: 'rr-7' }, identity)).toMatchObject({
      status: 'rejected',
      reason: 'builder_failed',
    });
  });

  it('tells a listener what was rejected, and by which builder', () => {
    const { client } = createTestClient();
    const rejected: unknown[] = [];
    const onRejected = (builder: string, outcome: { readonly reason: string }) =>
      rejected.push([builder, outcome.reason]);
    const manager = bindBuilders(client, builders, { onRejected });
    manager.workflowStarted({ name: 'rr-7' });
    manager.workflowIgnored('w');
    manager.workflowBroken('w');
    expect(rejected).toEqual([['workflowBroken', 'builder_failed']]);
  });

  it('throws instead of going on without a record when told to fail closed', async () => {
    const { client } = createTestClient();
    const manager = bindBuilders(client, builders, { failClosed: true });
    expect(manager.workflowStarted({ name: 'rr-7' }).status).toBe('accepted');
    expect(manager.workflowIgnored('w').status).toBe('skipped');
    expect(() => manager.workflowBroken('w')).toThrow(expect.objectContaining({ code: 'emission_rejected' }));
    await client.close();
    expect(() => manager.workflowStarted({ name: 'rr-7' })).toThrow(
      'the event of workflowStarted was not taken: closed',
    );
  });
});
