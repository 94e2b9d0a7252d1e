import { readFileSync } from 'node:fs';
import { createDatabase } from '@audit/environments';
import { cosignCheckpoint, generateKey, importSigner } from '@audit/integrity';
import { pino } from 'pino';
import { beforeAll, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type RunningServer, startServer } from '../start-server.ts';
import { openPostgres } from '../store/postgres.ts';
import { type Exposition, parseExposition } from '../test-support/parse-exposition.ts';
import { parsePromql } from '../test-support/parse-promql.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { sharedSigningKeyFile } from '../test-support/signing-key.ts';
import { createTestSpool } from '../test-support/test-spool.ts';
import { addCosignature } from '../witness/cosignature-store.ts';
import { parseWitness } from '../witness/parse-witness.ts';

const deployed = new URL('../../../../deploy/monitoring/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, deployed), 'utf8');

let exposition: Exposition;

// One server with everything that can be watched, and one request of every kind that is counted differently.
beforeAll(async () => {
  const database = openPostgres({
    url: await createDatabase(inject('postgresUrl')),
    onIdleError: () => {},
  });
  const witness = await createWitness();
  const server = await startServer({
    database,
    signingKey: { file: sharedSigningKeyFile() },
    logger: pino({ level: 'silent' }),
    spools: { spool: createTestSpool(), quotaBytes: 1_000_000 },
    witnesses: [witness.witness],
  });
  await send(server);
  const checkpoint = await (await fetch(`${server.url}/checkpoint`)).text();
  const signature = (await cosignCheckpoint(checkpoint, witness.signer, 1_800_000_000)).slice(
    checkpoint.length,
  );
  await addCosignature(database, 'default', {
    witnessKey: witness.witness.verifier.text,
    size: 4,
    checkpoint,
    signature,
  });
  const answer = await fetch(`${server.url}/metrics`);
  exposition = parseExposition(await answer.text());
  return () => server.close();
});

async function createWitness() {
  const { signerKey, verifierKey } = await generateKey('witness.test/one', 'cosignature');
  // Nobody listens there: what it has cosigned is put into the store.
  const witness = parseWitness(`url=http://127.0.0.1:9,key=${verifierKey}`);
  if (witness === undefined) throw new Error('the witness is not written as one');
  return { witness, signer: await importSigner(signerKey) };
}

async function send({ url }: RunningServer): Promise<void> {
  const post = (path: string, body: unknown) =>
    fetch(`${url}/api/v1/audit/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const event = sampleEvent();
  const answers = [
    await post('events', event),
    await post('events', event),
    await post('events/batch', [event, sampleEvent(), sampleEvent()]),
    await post('legal-hold', { correlation_id: event.correlation_id, reason: 'Litigation 17.' }),
    await post('events', { ...event, event_action: 'other' }),
    await post('events', { ...event, duration_ms: -1, namespace: 5 }),
    await post('events/batch', '{'),
    await fetch(`${url}/api/v1/audit/events?limit=0`),
    await fetch(`${url}/api/v1/audit/limits`, { method: 'DELETE' }),
    await fetch(`${url}/tile/0/x001/234`),
    await fetch(`${url}/nowhere/${event.event_id}`),
    await fetch(`${url}/readyz`),
  ];
  expect(answers.map(({ status }) => status)).toEqual([
    201, 200, 201, 200, 409, 400, 400, 400, 405, 404, 404, 200,
  ]);
}

/** Values of the samples whose text begins so, by the rest of it. */
function samplesOf(beginning: string): Record<string, number> {
  const found = [...exposition.samples].filter(([name]) => name.startsWith(beginning));
  return Object.fromEntries(found.map(([name, value]) => [name.slice(beginning.length), value]));
}

it('every metric is in METRICS.md as it is exported, and nothing else is', async () => {
  await expect(describeMetrics(exposition)).toMatchFileSnapshot('../../METRICS.md');
});

it('counts requests by operation and status, never by what a client wrote', () => {
  expect(samplesOf('datastorage_http_request_duration_seconds_count')).toEqual({
    '{operation="createAuditEvent",status="200"}': 1,
    '{operation="createAuditEvent",status="201"}': 1,
    '{operation="createAuditEvent",status="400"}': 1,
    '{operation="createAuditEvent",status="409"}': 1,
    '{operation="createAuditEventsBatch",status="201"}': 1,
    '{operation="createAuditEventsBatch",status="400"}': 1,
    '{operation="getCheckpoint",status="200"}': 1,
    '{operation="getReadiness",status="200"}': 1,
    '{operation="getTile",status="404"}': 1,
    '{operation="other",status="404"}': 1,
    '{operation="other",status="405"}': 1,
    '{operation="placeLegalHold",status="200"}': 1,
    '{operation="queryAuditEvents",status="400"}': 1,
  });
});

it('counts every fault of a request by its code', () => {
  expect(samplesOf('datastorage_validation_failures_total')).toEqual({
    '{source="createAuditEvent",reason="conflict"}': 1,
    '{source="createAuditEvent",reason="out_of_range"}': 1,
    '{source="createAuditEvent",reason="wrong_type"}': 1,
    '{source="createAuditEventsBatch",reason="invalid-request"}': 1,
    '{source="queryAuditEvents",reason="out_of_range"}': 1,
  });
});

it('accounts for every event, the one of the server itself included', () => {
  expect(samplesOf('datastorage_events_')).toEqual({
    accepted_total: 6,
    stored_total: 4,
    duplicate_total: 2,
    spooled_total: 0,
    drained_total: 0,
    dead_total: 0,
    waiting: 0,
  });
  expect(samplesOf('datastorage_write_duration_seconds_count')).toEqual({
    '{table="audit_events"}': 3,
    '{table="audit_events_batch"}': 1,
  });
  expect(samplesOf('datastorage_commit_events_')).toMatchObject({ sum: 4, count: 3 });
});

it('tells how long each stage of storing took, of those that there were', () => {
  const seconds = samplesOf('datastorage_stage_seconds_total');
  const names = ['parse', 'check', 'look_up', 'record', 'tree', 'sign', 'transaction', 'tiles'];
  expect(Object.keys(seconds)).toEqual(names.map((stage) => `{stage="${stage}"}`));
  expect(
    Object.values(seconds)
      .slice(0, -1)
      .filter((value) => value <= 0),
  ).toEqual([]);
});

it('shows what the database knows of the log', () => {
  expect(exposition.samples.get('datastorage_checkpoint_size')).toBe(4);
  expect(exposition.samples.get('datastorage_holds_in_force')).toBe(1);
  expect(samplesOf('datastorage_witness_cosigned_size')).toEqual({ '{witness="witness.test/one"}': 4 });
  expect(samplesOf('datastorage_intake_state')).toEqual({
    '{state="connected"}': 1,
    '{state="away"}': 0,
    '{state="draining"}': 0,
    '{state="handing_over"}': 0,
  });
});

const Rule = z.strictObject({
  alert: z.string().regex(/^DataStorage[A-Z]\w+$/),
  expr: z.string(),
  for: z
    .string()
    .regex(/^\d+[smh]$/)
    .optional(),
  labels: z.strictObject({ severity: z.enum(['critical', 'warning']) }),
  annotations: z.strictObject({ summary: z.string(), description: z.string().min(100) }),
});
const Rules = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(Rule).min(1) })).min(1),
});
const rules = Rules.parse(parse(read('alerts.yaml'))).groups.flatMap((group) => group.rules);

it.each(rules)('the alert $alert asks for metrics and labels that are exported', ({ expr, annotations }) => {
  expect(findUnknown(expr)).toEqual([]);
  const { summary, description } = annotations;
  const named = [...`${summary} ${description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label);
  const known = parsePromql(expr).selectors.flatMap(({ metric }) => labelsOf(metric));
  expect(named.filter((label) => !known.includes(label))).toEqual([]);
  const metrics = description.match(/\b(datastorage|nodejs|process)_\w+/g) ?? [];
  expect(metrics.filter((metric) => familyOf(metric) === undefined)).toEqual([]);
});

const Dashboard = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })).min(1) })),
});
const { panels } = Dashboard.parse(JSON.parse(read('dashboard.json')));

it.each(panels)('the panel $title asks for metrics and labels that are exported', ({ targets }) => {
  expect(targets.flatMap(({ expr }) => findUnknown(expr))).toEqual([]);
});

it('a metric or a label that does not exist is found', () => {
  expect(findUnknown('rate(datastorage_cache_hits_total[5m]) > 0')).toEqual(['datastorage_cache_hits_total']);
  expect(findUnknown('sum by (url) (datastorage_intake_state{colour="red"})')).toEqual([
    'datastorage_intake_state{colour}',
    'by (url)',
  ]);
  expect(() => findUnknown('rate(datastorage_events_stored_total[5m]')).toThrow(SyntaxError);
});

/** Metrics and labels of an expression that no server exports. */
function findUnknown(expression: string): string[] {
  const { selectors, grouping } = parsePromql(expression);
  const unknown = selectors.flatMap(({ metric, labels }) => {
    if (metric !== 'up' && familyOf(metric) === undefined) return [metric];
    const known = labelsOf(metric);
    return labels.filter((label) => !known.includes(label)).map((label) => `${metric}{${label}}`);
  });
  const known = selectors.flatMap(({ metric }) => [...labelsOf(metric), 'le']);
  return [...unknown, ...grouping.filter((label) => !known.includes(label)).map((label) => `by (${label})`)];
}

// Prometheus adds these to every sample that it scrapes.
const scrapeLabels = ['job', 'instance'];

function labelsOf(metric: string): string[] {
  return [...(familyOf(metric)?.labels ?? []), ...scrapeLabels];
}

function familyOf(metric: string) {
  const base = metric.replace(/_(bucket|sum|count)$/, '');
  const family = exposition.families.get(base);
  return family?.type === 'histogram' ? family : exposition.families.get(metric);
}

function describeMetrics({ families }: Exposition): string {
  const rows = [...families]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, { type, labels, help }]) => {
      const named = [...labels].map((label) => `\`${label}\``).join(', ');
      return `| \`${name}\` | ${type} | ${named} | ${help} |`;
    });
  return `${heading}\n${rows.join('\n')}\n`;
}

const heading = `<!-- Written by \`vitest run apps/server/src/metrics/exported-metrics.test.ts --update\`, and tested to be what a server exports. -->

# Metrics

What \`GET /metrics\` says, in the text format of Prometheus. Rules and a dashboard that use it are in
[deploy/monitoring](../../deploy/monitoring).

The account of events, which an alert watches:

    datastorage_events_accepted_total = datastorage_events_stored_total + datastorage_events_duplicate_total
                                      + datastorage_events_drained_total + datastorage_events_waiting
                                      + datastorage_events_dead_total

Counters begin at 0 with the process. Figures of the log are those of the database, the same on every server of it.

| metric | type | labels | what it says |
|---|---|---|---|`;
