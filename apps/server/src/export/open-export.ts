import type { Principal } from '@audit/datastorage/server';
import { describeCorrelation } from '../query/describe-correlation.ts';
import { begun } from './begun.ts';
import { csvPieces } from './csv-rows.ts';
import { type ExportSource, namedFilter, namedSelection, tellOfExport } from './export-event.ts';
import type { ExportQuery } from './export-query.ts';
import { jsonlPieces } from './jsonl-lines.ts';
import { populationKind } from './population-kind.ts';
import { type LineRange, readLines } from './read-lines.ts';
import { readBatches } from './record-batches.ts';

/** An export that has begun: its first records could be read. */
export interface OpenExport {
  readonly logId: string;
  /** Number of records of the log with the event of this export. */
  readonly size: number;
  /** Position after the last that is exported. */
  readonly end: number;
  /** The file, in pieces; whoever stops reading stops the statements. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Begins an export. Its event is stored before anything is read, and is the last record that the export can hold. */
export async function openExport(
  source: ExportSource,
  query: ExportQuery,
  principal: Principal,
): Promise<OpenExport> {
  const closedBy = await tellOfExport(source, {
    principal,
    correlationId: await trailOf(source, query),
    exported: {
      format: query.format,
      population: populationKind(query, query),
      ...namedSelection(query, query),
      disclosures: query.disclosures,
    },
  });
  const { fromSequence: begin = 0, toSequence = closedBy } = query;
  const end = Math.min(toSequence, closedBy) + 1;
  const pieces = await begun(readPieces(source, query, { begin, end }));
  return { logId: source.logId, size: closedBy + 1, end, pieces };
}

function readPieces(
  { database, logId }: ExportSource,
  query: ExportQuery,
  range: LineRange,
): AsyncGenerator<Uint8Array> {
  if (query.format === 'csv') return csvPieces(readBatches(database, logId, { ...query, ...range }), logId);
  const isWhole = Object.keys(namedFilter(query)).length === 0 && query.disclosures === 'withheld';
  return isWhole
    ? readLines(database, logId, range)
    : jsonlPieces(readBatches(database, logId, { ...query, ...range }));
}

/** The correlation that the event joins; none when there is no record of it: asking must not make a trail. */
async function trailOf(
  { database, logId }: ExportSource,
  { equals }: ExportQuery,
): Promise<string | undefined> {
  const { correlation_id: correlationId } = equals;
  if (correlationId === undefined) return undefined;
  const { hasRecords } = await describeCorrelation(database, logId, correlationId);
  return hasRecords ? correlationId : undefined;
}
