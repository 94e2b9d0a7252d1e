import { type Principal, type RecordsExportedInput, recordsExported } from '@audit/datastorage/server';
import type { PayloadOf } from '@audit/schema';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { tell } from '../own-events/tell.ts';
import type { RecordFilter } from '../query/record-query.ts';
import { findEvent } from '../record/find-event.ts';
import type { Database } from '../store/database.ts';
import type { SequenceBounds } from './export-query.ts';

/** What exports need of the service. */
export interface ExportSource {
  readonly database: Database;
  readonly logId: string;
  readonly ownEvents: OwnEventWriter;
}

/** An export as its event tells of it. */
export type ExportTold = Omit<RecordsExportedInput, 'logId'> & { readonly principal: Principal };

/** Stores the event of an export, and returns its sequence: it is the last record that the export can hold. */
export async function tellOfExport(
  { database, logId, ownEvents }: ExportSource,
  told: ExportTold,
): Promise<number> {
  const { eventId } = await tell(ownEvents, recordsExported({ logId, ...told }));
  const event = await findEvent(database, logId, eventId);
  if (event === undefined) throw new Error(`event ${eventId} was stored and is not there`);
  return event.sequence;
}

type ExportPayload = PayloadOf<'datastorage.records.exported'>;

/** Writes filter and bounds in the names of the payload, which are those of the query. */
export function namedSelection(
  filter: RecordFilter,
  { fromSequence, toSequence }: SequenceBounds,
): Pick<ExportPayload, 'filter' | 'from_sequence' | 'to_sequence'> {
  const named = namedFilter(filter);
  return {
    ...(fromSequence === undefined ? {} : { from_sequence: fromSequence }),
    ...(toSequence === undefined ? {} : { to_sequence: toSequence }),
    // What is read as an outcome is one of the contract.
    ...(Object.keys(named).length === 0 ? {} : { filter: named as NonNullable<ExportPayload['filter']> }),
  };
}

/** Writes a filter in the names of the query, spans of time resolved, so that it can be repeated. */
export function namedFilter({ equals, detail, since, until }: RecordFilter): Record<string, string> {
  return {
    ...equals,
    ...(detail === undefined ? {} : { detail_key: detail.key, detail_value: detail.value }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
  };
}
