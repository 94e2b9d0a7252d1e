import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditClient, type AuditTransport, createAuditClient } from '@audit/client';
import { type WorkflowExecution, workflowFailed } from '@audit/workflowexecution';
import { pino } from 'pino';
import { median, percentile } from './measure.ts';
import type { BenchRow } from './table.ts';

const rounds = 60;
const warmUpRounds = 20;
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

const durabilities = ['process', 'disk', 'memory'] as const;

/** Measures emitting an event against writing the same event with JSON.stringify alone and with pino. */
export async function measureEmit(): Promise<BenchRow[]> {
  const event = workflowFailed({ execution });
  const spoolRoot = mkdtempSync(join(tmpdir(), 'audit-bench-'));
  const clients = durabilities.map((durability) => createClient(durability, spoolRoot));
  const [spooling] = clients;
  const log = pino(pino.destination({ fd: openSync('/dev/null', 'w'), sync: true }));
  const subjects: readonly Subject[] = [
    { name: 'JSON.stringify', call: () => JSON.stringify(event) },
    ...durabilities.map((durability, index) => ({
      name: `emit, ${durability}`,
      call: () => clients[index]?.emit(event),
      ...(durability === 'process' && { goal: 'at most 3.50' }),
    })),
    { name: 'build and emit, process', call: () => spooling?.emit(workflowFailed({ execution })) },
    { name: 'pino, synchronous to /dev/null', call: () => log.info(event) },
  ];
  const calls = subjects.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { call }] of subjects.entries()) {
      const nanoseconds = timeCalls(call);
      if (round >= warmUpRounds) calls[index]?.push(...nanoseconds);
      await Promise.all(clients.map((client) => client.flush()));
    }
  }
  await Promise.all(clients.map((client) => client.close()));
  rmSync(spoolRoot, { recursive: true });
  const base = median(calls[0] ?? []);
  return subjects.map(({ name, goal }, index) => toRow({ name, goal, calls: calls[index] ?? [], base }));
}

interface Subject {
  readonly name: string;
  readonly call: () => unknown;
  readonly goal?: string;
}

function createClient(durability: (typeof durabilities)[number], spoolRoot: string): AuditClient {
  const transport: AuditTransport = { send: async () => ({ status: 201 }) };
  const options = { transport, durability, lingerMs: 60_000 };
  return createAuditClient(durability === 'memory' ? options : { ...options, spoolRoot });
}

// One by one: the median of rounds would hide the call that pays for a new segment or for the garbage collector.
function timeCalls(call: () => unknown): number[] {
  return Array.from({ length: eventsPerRound }, () => {
    const start = process.hrtime.bigint();
    call();
    return Number(process.hrtime.bigint() - start);
  });
}

interface Measured {
  readonly name: string;
  readonly goal: string | undefined;
  readonly calls: readonly number[];
  readonly base: number;
}

function toRow({ name, goal, calls, base }: Measured): BenchRow {
  const p99 = Math.round(percentile(calls, 0.99));
  const maximum = (percentile(calls, 1) / 1_000_000).toFixed(1);
  return {
    name,
    figure: `${Math.round(median(calls))} ns (p99 ${p99} ns, maximum ${maximum} ms)`,
    ratio: `${(median(calls) / base).toFixed(2)} of JSON.stringify`,
    ...(goal !== undefined && { goal }),
  };
}
