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
});
