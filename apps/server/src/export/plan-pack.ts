import { chooseSample, type Population } from '@audit/integrity';
import { readLog } from '../ingest/log-store.ts';
import { describeCorrelation } from '../query/describe-correlation.ts';
import { findEvent } from '../record/find-event.ts';
import { type ExportSource, type ExportTold, namedFilter, namedSelection } from './export-event.ts';
import type { SequenceBounds } from './export-query.ts';
import type { PackQuery, PackSelection } from './pack-query.ts';
import { populationKind } from './population-kind.ts';
import { type ExportRow, readBatches, readChosenBatches } from './record-batches.ts';

/** A pack that can be made, or why it cannot. */
export type PackPlanning =
  | { readonly outcome: 'planned'; readonly plan: PackPlan }
  | { readonly outcome: 'nothing_there'; readonly missing: 'event' | 'correlation' | 'stretch' }
  | { readonly outcome: 'sample_too_large'; readonly records: number };

/** What the event of a pack says, and what the pack holds once that event has closed it. */
export interface PackPlan {
  readonly told: Omit<ExportTold, 'principal'>;
  /** Names the population, and reads it. */
  readonly close: (closedBy: number) => ClosedPack;
}

/** The population of a pack and its records. */
export interface ClosedPack {
  readonly population: Population;
  readonly batches: AsyncGenerator<readonly ExportRow[]>;
}

type SelectionOf<Kind extends PackSelection['kind']> = Extract<PackSelection, { readonly kind: Kind }>;

/** Looks whether there is what a pack is wanted of. Nothing is told of an export that cannot be. */
export function planPack(source: ExportSource, query: PackQuery): Promise<PackPlanning> {
  const { selection } = query;
  switch (selection.kind) {
    case 'event':
      return planEvent(source, query, selection);
    case 'sample':
      return planSample(source, query, selection);
    case 'records':
      return planRecords(source, query, selection);
  }
}

async function planEvent(
  { database, logId }: ExportSource,
  { disclosures }: PackQuery,
  { eventId }: SelectionOf<'event'>,
): Promise<PackPlanning> {
  const event = await findEvent(database, logId, eventId);
  if (event === undefined) return { outcome: 'nothing_there', missing: 'event' };
  const { sequence, correlationId } = event;
  const bounds = { fromSequence: sequence, toSequence: sequence };
  return planned({
    told: { correlationId, exported: told('range', disclosures, namedSelection({ equals: {} }, bounds)) },
    close: () => {
      const stretch = { begin: sequence, end: sequence + 1 };
      const batches = readBatches(database, logId, { equals: {}, ...stretch, disclosures });
      return { population: { kind: 'range', ...stretch }, batches };
    },
  });
}

async function planSample(
  { database, logId }: ExportSource,
  { disclosures }: PackQuery,
  { bounds, seed, size }: SelectionOf<'sample'>,
): Promise<PackPlanning> {
  // The log has one more record when the export begins: its event.
  const { begin, end } = stretchOf(bounds, (await readLog(database, logId)).size);
  if (begin >= end) return { outcome: 'nothing_there', missing: 'stretch' };
  if (size > end - begin) return { outcome: 'sample_too_large', records: end - begin };
  const selection = { ...namedSelection({ equals: {} }, bounds), seed, sample_size: size };
  return planned({
    told: { exported: told('sample', disclosures, selection) },
    close: (closedBy) => {
      const population = { kind: 'sample', ...stretchOf(bounds, closedBy), seed, size } as const;
      const batches = readChosenBatches(database, logId, {
        sequences: chooseSample(population),
        disclosures,
      });
      return { population, batches };
    },
  });
}

async function planRecords(
  { database, logId }: ExportSource,
  { disclosures }: PackQuery,
  { bounds, filter }: SelectionOf<'records'>,
): Promise<PackPlanning> {
  const kind = populationKind(filter, bounds);
  const { correlation_id: correlationId = '' } = filter.equals;
  const isTrail =
    correlationId !== '' && (await describeCorrelation(database, logId, correlationId)).hasRecords;
  if (kind === 'correlation' && !isTrail) return { outcome: 'nothing_there', missing: 'correlation' };
  const { begin, end } = stretchOf(bounds, (await readLog(database, logId)).size);
  if (begin >= end) return { outcome: 'nothing_there', missing: 'stretch' };
  return planned({
    told: {
      correlationId: isTrail ? correlationId : undefined,
      exported: told(kind, disclosures, namedSelection(filter, bounds)),
    },
    close: (closedBy) => {
      const stretch = stretchOf(bounds, closedBy);
      const batches = readBatches(database, logId, { ...filter, ...stretch, disclosures });
      if (kind === 'range') return { population: { kind, ...stretch }, batches };
      if (kind === 'filter')
        return { population: { kind, ...stretch, filter: namedFilter(filter) }, batches };
      return { population: { kind, correlation_id: correlationId, closed_by: closedBy }, batches };
    },
  });
}

function planned(plan: PackPlan): PackPlanning {
  return { outcome: 'planned', plan };
}

type Exported = ExportTold['exported'];

function told(
  population: Exported['population'],
  disclosures: Exported['disclosures'],
  selection: Partial<Exported>,
): Exported {
  return { format: 'pack', population, ...selection, disclosures };
}

/** The stretch up to and with a record, as far as the bounds go. */
function stretchOf({ fromSequence: begin = 0, toSequence }: SequenceBounds, last: number) {
  return { begin, end: Math.min(toSequence ?? last, last) + 1 };
}
