import { type AuditClient, createAuditClient } from '@audit/client';
import { createMemoryTransport } from '@audit/client/testing';
import { safeParseEvent } from '@audit/schema';
import { expect } from 'vitest';
import { type AuditManagerContract, type EventManager, listSampleCalls } from './audit-manager-contract.ts';
import { buildEvents, buildSample } from './build-sample.ts';
import { deepFreeze } from './deep-freeze.ts';

/** Checks by the guarantee they prove; a check throws when the guarantee does not hold. */
export type ManagerChecks = Readonly<Record<string, () => void | Promise<void>>>;

/** Lists what every audit manager guarantees, with the check of each. */
export function auditManagerChecks<Manager extends EventManager>(
  contract: AuditManagerContract<Manager>,
): ManagerChecks {
  return {
    ...shapeChecks(contract),
    ...eventChecks(contract),
    ...purityChecks(contract),
    ...emissionChecks(contract),
    ...failureChecks(contract),
    ...policyChecks(contract),
  };
}

function shapeChecks<Manager extends EventManager>(contract: AuditManagerContract<Manager>): ManagerChecks {
  const { events, createManager } = contract;
  return {
    'has one method per event of its table and no other'() {
      expect(Object.keys(createManager(idleClient())).toSorted()).toEqual(Object.keys(events).toSorted());
    },

    'has a sample that yields an event for every method'() {
      const types = buildEvents(listSampleCalls(contract)).map((sample) => sample.definition.type);
      expect([...new Set(types)].toSorted()).toEqual(
        Object.values(events)
          .map(({ type }) => type)
          .toSorted(),
      );
    },

    'cannot be created without a client'() {
      // Dependency injection that found nothing passes undefined past the compiler.
      const missing = undefined as unknown as AuditClient;
      expect(() => createManager(missing)).toThrow(
        expect.objectContaining({ code: 'invalid_configuration' }),
      );
    },
  };
}

function eventChecks<Manager extends EventManager>(contract: AuditManagerContract<Manager>): ManagerChecks {
  return {
    'writes the type, category and action of the table'() {
      for (const { definition, draft, title } of buildEvents(listSampleCalls(contract))) {
        expect(draft.event_type, title).toBe(definition.type);
        expect(draft.event_category, title).toBe(definition.category);
        expect(draft.event_action, title).toBe(definition.action);
      }
    },

    'writes the same type in the envelope and in the payload'() {
      for (const { draft, title } of buildEvents(listSampleCalls(contract))) {
        expect(draft.event_data.event_type, title).toBe(draft.event_type);
      }
    },

    'writes an outcome that the table allows'() {
      for (const { definition, draft, title } of buildEvents(listSampleCalls(contract))) {
        expect(definition.outcomes, title).toContain(draft.event_outcome);
      }
    },

    'names the correlation, the actor and the resource'() {
      for (const { draft, title } of buildEvents(listSampleCalls(contract))) {
        const { correlation_id, actor_type, actor_id, resource_type, resource_id } = draft;
        const names = [correlation_id, actor_type, actor_id, resource_type, resource_id];
        expect(
          names.filter((name) => !name),
          title,
        ).toEqual([]);
      }
    },

    'builds events that the contract accepts'() {
      for (const { draft, title } of buildEvents(listSampleCalls(contract))) {
        const result = safeParseEvent({ event_timestamp: '2026-01-14T09:31:50Z', ...draft });
        expect(result, title).toMatchObject({ success: true });
      }
    },
  };
}

function purityChecks<Manager extends EventManager>(contract: AuditManagerContract<Manager>): ManagerChecks {
  return {
    'builds the same from the same input'() {
      for (const sample of listSampleCalls(contract)) {
        expect(buildSample(sample), sample.title).toStrictEqual(buildSample(sample));
      }
    },

    'leaves its input as it was'() {
      for (const sample of listSampleCalls(contract)) {
        const before = structuredClone(sample.input);
        deepFreeze(sample.input);
        buildSample(sample);
        expect(sample.input, sample.title).toStrictEqual(before);
      }
    },
  };
}

function emissionChecks<Manager extends EventManager>(
  contract: AuditManagerContract<Manager>,
): ManagerChecks {
  return {
    async 'delivers exactly what was built'() {
      const samples = buildEvents(listSampleCalls(contract));
      const transport = createMemoryTransport();
      await using client = createAuditClient({ transport, durability: 'memory' });
      for (const sample of samples) sample.callOn(client);
      await client.flush();
      const arrived = transport.events.map(({ event_id, event_timestamp, ...members }) => members);
      expect(arrived).toStrictEqual(samples.map(({ draft }) => draft));
    },

    async 'counts events as emitted and skips as nothing'() {
      const samples = listSampleCalls(contract);
      await using client = idleClient();
      const accepted = samples
        .map((sample) => sample.callOn(client))
        .filter(({ status }) => status === 'accepted');
      expect(accepted).toHaveLength(buildEvents(samples).length);
      expect(client.metrics()).toMatchObject({ emitted: accepted.length, rejected: 0 });
    },
  };
}

function failureChecks<Manager extends EventManager>(contract: AuditManagerContract<Manager>): ManagerChecks {
  return {
    async 'contains a builder that throws'() {
      await using client = idleClient();
      for (const sample of listSampleCalls(contract)) {
        const outcome = sample.callWithFaultyInputOn(client);
        expect(outcome, sample.title).toMatchObject({ status: 'rejected', reason: 'builder_failed' });
      }
    },

    async 'says so when the queue is full'() {
      const samples = buildEvents(listSampleCalls(contract));
      const options = { transport: createMemoryTransport(), durability: 'memory' } as const;
      await using client = createAuditClient({ ...options, spoolQuotaBytes: 1 });
      for (const sample of samples) {
        const outcome = sample.callOn(client);
        expect(outcome, sample.title).toMatchObject({ status: 'rejected', reason: 'queue_full' });
      }
    },

    async 'says so when the client is closed'() {
      const client = idleClient();
      await client.close();
      for (const sample of buildEvents(listSampleCalls(contract))) {
        const outcome = sample.callOn(client);
        expect(outcome, sample.title).toMatchObject({ status: 'rejected', reason: 'closed' });
      }
    },
  };
}

function policyChecks<Manager extends EventManager>(contract: AuditManagerContract<Manager>): ManagerChecks {
  return {
    async 'tells a listener of every event that was not taken'() {
      const client = idleClient();
      await client.close();
      const rejected: string[] = [];
      const samples = buildEvents(listSampleCalls(contract));
      for (const sample of samples) {
        sample.callOn(client, { onRejected: (_builder, { reason }) => rejected.push(reason) });
      }
      expect(rejected).toEqual(samples.map(() => 'closed'));
    },

    async 'throws instead of going on without a record when told to fail closed'() {
      const client = idleClient();
      await client.close();
      for (const sample of buildEvents(listSampleCalls(contract))) {
        expect(() => sample.callOn(client, { failClosed: true }), sample.title).toThrow(
          expect.objectContaining({ code: 'emission_rejected' }),
        );
      }
    },
  };
}

function idleClient(): AuditClient {
  return createAuditClient({ transport: createMemoryTransport(), durability: 'memory' });
}
