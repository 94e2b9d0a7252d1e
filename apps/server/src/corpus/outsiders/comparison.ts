import type { Disclosure, LogKeyPeriod } from '@audit/integrity';
import type { LegalHold, LogKeysResponse } from '@audit/schema';
import { correlationAt, layout } from '../log-layout.ts';
import { hashOfLine } from '../sample-log.ts';
import { type Evidence, type Finding, findingAt, type Scene } from './scene.ts';

/** Members of a record that the comparison reads. */
interface Members {
  readonly sequence: number;
  readonly event_type: string;
  readonly event_category: string;
  readonly event_outcome: string;
  readonly event_timestamp: string;
  readonly severity: string;
  readonly correlation_id: string;
  readonly event_id: string;
  readonly _sd?: readonly string[];
  readonly event_data: {
    readonly reason?: string;
    readonly release_reason?: string;
    readonly hold_sequence?: number;
    readonly members?: readonly { readonly sequence: number; readonly pointer: string }[];
  };
}

/**
 * Compares what the server says beside the records, keys, holds, answers to queries and filters, with what
 * the records say.
 */
export async function comparison({ log, server }: Scene, { text, refusal }: Evidence): Promise<Finding> {
  const key = await findOtherKey(server, log.trust.keys);
  if (key !== undefined || refusal !== undefined) return key;
  const told = readTold(text);
  return (
    (await findOtherHold(server, told.records)) ??
    (await findOtherAnswer(server, told)) ??
    (await findOtherDisclosure(server, told.records)) ??
    (await findHidden(server, told))
  );
}

/** What an export says. */
interface Told {
  readonly lines: readonly string[];
  readonly records: readonly Members[];
  /** Sequence of the last record. */
  readonly last: number;
}

function readTold(text: string): Told {
  const lines = text.split('\n').slice(0, -1);
  const records = lines.flatMap((line) => parseMembers(line) ?? []);
  return { lines, records, last: records.at(-1)?.sequence ?? 0 };
}

function parseMembers(line: string): Members | undefined {
  try {
    // What was tampered with is found elsewhere when it is not of this form.
    return line.startsWith('{') ? (JSON.parse(line) as Members) : undefined;
  } catch {
    return undefined;
  }
}

async function findOtherKey(server: Scene['server'], known: readonly LogKeyPeriod[]): Promise<Finding> {
  const { keys } = (await server.json('/api/v1/audit/log-keys')) as LogKeysResponse;
  return JSON.stringify(keys) === JSON.stringify(known) ? undefined : 'key_differs';
}

async function findOtherHold(server: Scene['server'], records: readonly Members[]): Promise<Finding> {
  const told = new Map<number, string>();
  for (const { sequence, event_type, correlation_id, event_data } of records) {
    if (event_type === 'datastorage.legal_hold.placed') {
      told.set(sequence, JSON.stringify([correlation_id, event_data.reason]));
    }
    if (event_type === 'datastorage.legal_hold.released') {
      const { hold_sequence: hold = -1, release_reason } = event_data;
      told.set(hold, JSON.stringify([...JSON.parse(told.get(hold) ?? '[]'), sequence, release_reason]));
    }
  }
  const answer = (await server.json('/api/v1/audit/legal-hold?status=all')) as { holds: LegalHold[] };
  const listed = new Map(
    answer.holds.map(({ placed_sequence, correlation_id, reason, released_sequence, release_reason }) => [
      placed_sequence,
      JSON.stringify([
        correlation_id,
        reason,
        ...(released_sequence === undefined ? [] : [released_sequence, release_reason]),
      ]),
    ]),
  );
  const places = [...new Set([...told.keys(), ...listed.keys()])].toSorted((one, other) => one - other);
  const other = places.find((sequence) => told.get(sequence) !== listed.get(sequence));
  return other === undefined ? undefined : findingAt('hold_differs', other);
}

/** A query must give the records that the export has, each with its hash. */
async function findOtherAnswer(server: Scene['server'], { lines, last }: Told): Promise<Finding> {
  const given = await query(server, '', last);
  const present = new Map(
    lines.flatMap((line) => {
      const sequence = parseMembers(line)?.sequence;
      return sequence === undefined ? [] : [[sequence, hashOfLine(line)] as const];
    }),
  );
  const places = [...given.keys(), ...present.keys()].toSorted((one, other) => one - other);
  const other = places.find((sequence) => given.get(sequence) !== present.get(sequence));
  return other === undefined ? undefined : findingAt('answer_differs', other);
}

/** Sequences and hashes of the records of an answer, but of those that came after the export. */
async function query(server: Scene['server'], filter: string, last: number): Promise<Map<number, string>> {
  const answer = await server.json(`/api/v1/audit/events?order=asc&limit=1000${filter}`);
  const { data } = answer as { data: { sequence: number; event_hash: string }[] };
  const before = data.filter(({ sequence }) => sequence <= last);
  return new Map(before.map(({ sequence, event_hash }) => [sequence, event_hash]));
}

/** Every digest of a record has its value, or an erasure that names it. */
async function findOtherDisclosure(server: Scene['server'], records: readonly Members[]): Promise<Finding> {
  const erasures = records.flatMap(({ event_data }) => event_data.members ?? []);
  for (const record of records.filter(({ correlation_id }) => correlation_id === 'rr-user').slice(0, 2)) {
    const answer = await server.json(`/api/v1/audit/events/${record.event_id}/disclosures`);
    const { disclosures, erased } = answer as { disclosures: Disclosure[]; erased: string[] };
    const named = erasures
      .filter(({ sequence }) => sequence === record.sequence)
      .map(({ pointer }) => pointer);
    const isWhole =
      disclosures.length + erased.length === record._sd?.length && erased.every((at) => named.includes(at));
    if (!isWhole) return findingAt('disclosure_differs', record.sequence);
  }
  return undefined;
}

const since = '2018-02-01T00:00:00.100Z';
const ofCorrelation = (id: string) =>
  [`correlation_id=${id}`, (record: Members) => record.correlation_id === id] as const;
const filters: readonly (readonly [string, (record: Members) => boolean])[] = [
  ofCorrelation('rr-a'),
  ofCorrelation('rr-b'),
  ofCorrelation(correlationAt(layout.single)),
  ['event_type=aianalysis.phase.transition', (record) => record.event_type === 'aianalysis.phase.transition'],
  ['event_category=analysis', (record) => record.event_category === 'analysis'],
  ['event_outcome=failure', (record) => record.event_outcome === 'failure'],
  ['severity=critical', (record) => record.severity === 'critical'],
  [`since=${since}`, (record) => Date.parse(record.event_timestamp) >= Date.parse(since)],
];

/** What a filter of the server gives must be what the records themselves match. */
async function findHidden(server: Scene['server'], { records, last }: Told): Promise<Finding> {
  const others = await Promise.all(
    filters.map(async ([filter, matches]) => {
      const given = [...(await query(server, `&${filter}`, last)).keys()];
      const matching = records.filter(matches).map(({ sequence }) => sequence);
      return [...given, ...matching].filter((at) => !given.includes(at) || !matching.includes(at));
    }),
  );
  const found = others.flat();
  return found.length === 0 ? undefined : findingAt('filter_differs', Math.min(...found));
}
