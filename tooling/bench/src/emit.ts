import { openSync } from 'node:fs';
import { type AuditTransport, createAuditClient } from '@audit/client';
import type { EventDraft } from '@audit/schema';
import { type WorkflowExecution, workflowFailed } from '@audit/workflowexecution';
import { pino } from 'pino';
import { median, percentile } from './measure.ts';
import type { BenchRow } from './table.ts';

const rounds = 60;
const eventsPerRound = 1_000;

const execution: WorkflowExecution = {
  metadata: { name: 'wfe-rr-3f9ab2c41d07-5e8c1a7b', namespace: 'payments' },
  spec: {
    remediationRequestRef: { name: 'rr-3f9ab2c41d07-5e8c1a7b' },
    workflowRef: {
      workflowId: 'increase-memory',
      version: '1.2.0',
      containerImage: 'workflows/increase-memory:1.2.0',
    },
    targetResource: 'payments/Deployment/checkout',
    parameters: { NAMESPACE: 'payments', DEPLOYMENT: 'checkout', MEMORY_LIMIT_NEW: '1Gi' },
  },
  status: {
    phase: 'Failed',
    startTime: '2026-01-14T09:31:51Z',
    completionTime: '2026-01-14T09:33:23Z',
    pipelineRunRef: { name: 'wfe-0510eddd78110203' },
    failureDetails: {
      reason: 'TaskFailed',
      message: 'the new replica did not become ready within the deadline',
      failedTaskName: 'wait-for-rollout',
      exitCode: 1,
      wasExecutionFailure: true,
    },
  },
};

/** Measures emitting an event against writing the same event with JSON.stringify alone and with pino. */
export async function measureEmit(): Promise<BenchRow[]> {
  const event = workflowFailed({ execution });
  const transport: AuditTransport = { send: async () => ({ status: 201 }) };
  const client = createAuditClient({ transport, queueEventsMax: eventsPerRound * 2, lingerMs: 60_000 });
  const log = pino(pino.destination({ fd: openSync('/dev/null', 'w'), sync: true }));
  const work: Record<string, (event: EventDraft) => unknown> = {
    stringify: (draft) => JSON.stringify(draft),
    emit: () => client.emit(event),
    build: () => client.emit(workflowFailed({ execution })),
    pino: (draft) => log.info(draft),
  };
  const nanoseconds: Record<string, number[]> = { stringify: [], emit: [], build: [], pino: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, call] of Object.entries(work)) {
      nanoseconds[name]?.push(nanosecondsPerCall(() => call(event)));
      await client.flush();
    }
  }
  const warm = (name: string) => (nanoseconds[name] ?? []).slice(rounds / 3);
  const base = median(warm('stringify'));
  const row = (label: string, name: string): BenchRow => ({
    name: label,
    figure: `${Math.round(median(warm(name)))} ns (p99 ${Math.round(percentile(warm(name), 0.99))})`,
    ratio: `${(median(warm(name)) / base).toFixed(2)} of JSON.stringify`,
  });
  return [
    row('JSON.stringify', 'stringify'),
    { ...row('emit', 'emit'), goal: 'at most 4.00' },
    row('build and emit', 'build'),
    row('pino, synchronous to /dev/null', 'pino'),
  ];
}

function nanosecondsPerCall(call: () => unknown): number {
  const start = process.hrtime.bigint();
  for (let count = 0; count < eventsPerRound; count += 1) call();
  return Number(process.hrtime.bigint() - start) / eventsPerRound;
}
