import type { EventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import { filterNames, readFilter } from '../query/read-filter.ts';
import type { TailQuery } from './tail-query.ts';

/** A query, or every fault found in the parameters. */
export type ParsedTailQuery =
  | { readonly success: true; readonly query: TailQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const known = new Set([...filterNames, 'after_sequence', 'behind_max']);

/**
 * Reads the parameters of `GET /api/v1/audit/events/tail`.
 * @param lastEventId the header; it comes first, since a stream that is resumed keeps its address
 */
export function parseTailQuery(
  parameters: URLSearchParams,
  { now, lastEventId }: { readonly now: number; readonly lastEventId: string | undefined },
): ParsedTailQuery {
  const reader = new ParameterReader(parameters, known);
  const header = new ParameterReader(new URLSearchParams(headerPairs(lastEventId)), new Set([headerName]));
  const asked = position(reader, 'after_sequence');
  const after = position(header, headerName) ?? asked;
  const behindMax = reader.integer('behind_max', 1, 1_000_000);
  const query: TailQuery = {
    ...readFilter(reader, now),
    ...(after === undefined ? {} : { after }),
    ...(behindMax === undefined ? {} : { behindMax }),
  };
  const issues = [...reader.issues, ...header.issues];
  return issues.length === 0 ? { success: true, query } : { success: false, issues };
}

const headerName = 'Last-Event-ID';

function headerPairs(lastEventId: string | undefined): [string, string][] {
  return lastEventId === undefined ? [] : [[headerName, lastEventId]];
}

function position(reader: ParameterReader, name: string): number | undefined {
  return reader.integer(name, -1, Number.MAX_SAFE_INTEGER);
}
