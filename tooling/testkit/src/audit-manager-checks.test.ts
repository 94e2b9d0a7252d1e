import {
  type AuditClient,
  type AuditManager,
  bindBuilders,
  type EmissionOutcome,
  type EventBuilder,
} from '@audit/client';
import { draftEvent, type EventDraft, isEventSkip, skipEvent, workflowexecutionEvents } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { auditManagerChecks } from './audit-manager-checks.ts';
import type { AuditManagerContract } from './audit-manager-contract.ts';

interface Execution {
  readonly name: string;
}

const { workflowStarted, workflowFailed } = workflowexecutionEvents;
const accepted: EmissionOutcome = { status: 'accepted', eventId: '019b0c7e-4a52-7d63-9c1a-5b8de1f0a2c4' };

const builders = {
  workflowStarted: ({ name }: Execution) =>
    draftEvent(workflowStarted, { ...membersOf(name), event_outcome: 'success' }),
  workflowFailed: ({ name }: Execution) =>
    name === ''
      ? skipEvent('there is no execution')
      : draftEvent(workflowFailed, { ...membersOf(name), event_outcome: 'failure' }),
};

type Manager = AuditManager<typeof builders>;
type CreateManager = AuditManagerContract<Manager>['createManager'];
type FailedMethod = (input: Execution) => EmissionOutcome;

const createManager: CreateManager = (client, options) => bindBuilders(client, builders, options);
const guarantees = Object.keys(auditManagerChecks(contractOf(createManager)));

let buildCount = 0;

interface BadManager {
  readonly fault: string;
  readonly createManager: CreateManager;
  /** Names of the checks that must tell of it, and of no other. */
  readonly failing: readonly string[];
}

const badManagers: readonly BadManager[] = [
  {
    fault: 'builds outside the client, so that a fault of its builder reaches the service',
    createManager: withMethod((_manager, client) => (input) => {
      const built = builders.workflowFailed(input);
      return client.emitFrom(() => built, input);
    }),
    failing: [
      'contains a builder that throws',
      'tells a listener of every event that was not taken',
      'throws instead of going on without a record when told to fail closed',
    ],
  },
  {
    fault: 'always throws into the service when an event is not taken',
    createManager: (client, options) => bindBuilders(client, builders, { ...options, failClosed: true }),
    failing: [
      'contains a builder that throws',
      'says so when the queue is full',
      'says so when the client is closed',
      'tells a listener of every event that was not taken',
    ],
  },
  {
    fault: 'drops an event while others wait',
    createManager: withMethod((manager, client) => (input) => {
      return client.metrics().spooled > 0 ? accepted : manager.workflowFailed(input);
    }),
    failing: ['delivers exactly what was built', 'counts events as emitted and skips as nothing'],
  },
  {
    fault: 'never uses the client',
    createManager: withMethod(() => () => accepted),
    failing: guarantees.filter((guarantee) => !/one method per event|without a client/.test(guarantee)),
  },
  {
    fault: 'emits an event twice',
    createManager: withMethod((manager) => (input) => {
      manager.workflowFailed(input);
      return manager.workflowFailed(input);
    }),
    failing: [
      'delivers exactly what was built',
      'counts events as emitted and skips as nothing',
      'tells a listener of every event that was not taken',
    ],
  },
  {
    fault: 'says that it recorded what was rejected',
    createManager: withMethod((manager) => (input) => {
      const outcome = manager.workflowFailed(input);
      return outcome.status === 'rejected' ? accepted : outcome;
    }),
    failing: [
      'contains a builder that throws',
      'says so when the queue is full',
      'says so when the client is closed',
    ],
  },
  {
    fault: 'ignores its options',
    createManager: (client) => createManager(client),
    failing: [
      'tells a listener of every event that was not taken',
      'throws instead of going on without a record when told to fail closed',
    ],
  },
  {
    fault: 'is created without a client',
    createManager: (client, options) => (client === undefined ? idleManager : createManager(client, options)),
    failing: ['cannot be created without a client'],
  },
  {
    fault: 'has a method of no event',
    createManager: (client, options) =>
      bindBuilders(client, { ...builders, further: builders.workflowStarted }, options),
    failing: ['has one method per event of its table and no other'],
  },
  {
    fault: 'takes every event for a skip',
    createManager: withBuilder(({ name }) => skipEvent(`nothing to say about ${name}`)),
    failing: ['has a sample that yields an event for every method'],
  },
  {
    fault: 'writes the type of another event',
    createManager: withChange((draft) => ({
      ...draft,
      event_type: workflowStarted.type,
      event_data: { ...draft.event_data, event_type: workflowStarted.type },
    })),
    failing: ['writes the type, category and action of the table'],
  },
  {
    fault: 'writes another type in the payload',
    createManager: withChange((draft) => ({
      ...draft,
      event_data: { ...draft.event_data, event_type: workflowStarted.type },
    })),
    failing: [
      'writes the same type in the envelope and in the payload',
      'builds events that the contract accepts',
      'delivers exactly what was built',
    ],
  },
  {
    fault: 'writes an outcome that is not in the table',
    createManager: withChange((draft) => ({ ...draft, event_outcome: 'success' })),
    failing: ['writes an outcome that the table allows'],
  },
  {
    fault: 'names no correlation',
    createManager: withChange((draft) => ({ ...draft, correlation_id: '' })),
    failing: [
      'names the correlation, the actor and the resource',
      'builds events that the contract accepts',
      'delivers exactly what was built',
    ],
  },
  {
    fault: 'writes what the contract refuses',
    createManager: withChange((draft) => ({
      ...draft,
      event_data: { ...draft.event_data, phase: 'Resting' },
    })),
    failing: ['builds events that the contract accepts', 'delivers exactly what was built'],
  },
  {
    fault: 'builds another event every time',
    createManager: withChange((draft) => ({ ...draft, duration_ms: buildCount++ })),
    failing: ['builds the same from the same input', 'delivers exactly what was built'],
  },
  {
    fault: 'changes its input',
    createManager: withBuilder((input) =>
      builders.workflowFailed(Object.assign(input, { isRecorded: true })),
    ),
    failing: ['leaves its input as it was'],
  },
];

describe('auditManagerChecks', () => {
  it('all hold for a good manager', async () => {
    expect(await failingChecks(createManager)).toEqual([]);
  });

  it.each(badManagers)('tell of a manager that $fault', async ({ createManager: createBad, failing }) => {
    expect(await failingChecks(createBad)).toEqual(failing);
  });

  it('can each fail', () => {
    const shown = badManagers.flatMap(({ failing }) => failing);
    expect(guarantees.filter((guarantee) => !shown.includes(guarantee))).toEqual([]);
  });
});

// Every check gets samples of its own: one of them freezes them.
async function failingChecks(create: CreateManager): Promise<string[]> {
  const failing: string[] = [];
  for (const guarantee of guarantees) {
    try {
      await auditManagerChecks(contractOf(create))[guarantee]?.();
    } catch {
      // A check reports by throwing.
      failing.push(guarantee);
    }
  }
  return failing;
}

function contractOf(create: CreateManager): AuditManagerContract<Manager> {
  return {
    name: 'example',
    events: { workflowStarted, workflowFailed },
    createManager: create,
    samples: {
      workflowStarted: [{ name: 'wfe-1' }],
      workflowFailed: [{ name: 'wfe-1' }, { name: 'wfe-2' }, { name: '' }],
    },
  };
}

function withMethod(replace: (manager: Manager, client: AuditClient) => FailedMethod): CreateManager {
  return (client, options) => {
    const manager = createManager(client, options);
    return { ...manager, workflowFailed: replace(manager, client) };
  };
}

function withBuilder(builder: EventBuilder<Execution>): CreateManager {
  return (client, options) => bindBuilders(client, { ...builders, workflowFailed: builder }, options);
}

function withChange(change: (draft: EventDraft<typeof workflowFailed>) => EventDraft): CreateManager {
  return withBuilder((input) => {
    const built = builders.workflowFailed(input);
    return isEventSkip(built) ? built : change(built);
  });
}

const idleManager: Manager = { workflowStarted: () => accepted, workflowFailed: () => accepted };

function membersOf(name: string) {
  return {
    actor_type: 'service',
    actor_id: 'workflowexecution-controller',
    resource_type: 'WorkflowExecution',
    resource_id: name,
    correlation_id: 'rr-1',
    event_data: {
      workflow_id: 'increase-memory',
      workflow_version: '1.2.0',
      container_image: 'registry.example.com/workflows/increase-memory:1.2.0',
      execution_name: name,
      target_resource: 'payments/Deployment/checkout',
      phase: 'Running' as const,
    },
  };
}
