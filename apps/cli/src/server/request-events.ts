import type { AuditEventsQueryResponse } from '@audit/schema';
import { readServedRecord, type ServedRecord } from '../events/served-record.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { elementTexts } from '../output/element-texts.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { askForText, notFrom } from './ask-server.ts';

/** One page of events. */
export interface EventPage {
  readonly records: readonly ServedRecord[];
  /** Number of records of the correlation that were purged. */
  readonly purged: number;
  /** Undefined on the last page. */
  readonly nextCursor: string | undefined;
}

/** Which events are asked for. */
export interface EventQuestion {
  readonly filters: URLSearchParams;
  readonly order: 'asc' | 'desc';
  /** Most events that are wanted; default all. */
  readonly limit?: number | undefined;
  readonly signal: AbortSignal;
}

const pageEventsMax = 500;
// A page of the largest events there are.
const pageCharsMax = pageEventsMax * 262_144 * 1.2;

/**
 * Asks for events, page after page. A page can be empty and not the last.
 * @throws {CommandFailure} `usage` when the server refuses the filters, `notReached` when it gives none for another reason
 */
export async function* requestEventPages(
  server: ServerAccess,
  { filters, order, limit = Number.POSITIVE_INFINITY, signal }: EventQuestion,
): AsyncGenerator<EventPage> {
  let left = limit;
  let cursor: string | undefined;
  do {
    const parameters = new URLSearchParams(filters);
    parameters.set('order', order);
    parameters.set('limit', String(Math.min(left, pageEventsMax)));
    parameters.set('total', 'none');
    if (cursor !== undefined) parameters.set('cursor', cursor);
    const page = await requestPage(server, parameters, signal);
    yield page;
    left -= page.records.length;
    cursor = page.nextCursor;
  } while (cursor !== undefined && left > 0);
}

/** Every event that matches, and how many records of the correlation were purged. */
export async function requestEvents(
  server: ServerAccess,
  question: EventQuestion,
): Promise<Pick<EventPage, 'records' | 'purged'>> {
  const records: ServedRecord[] = [];
  let purged = 0;
  for await (const page of requestEventPages(server, question)) {
    records.push(...page.records);
    purged = page.purged;
  }
  return { records, purged };
}

/** How many events match, as far as a server counts. */
export interface EventTotal {
  readonly matches: number;
  /** Whether more match than that, or could. */
  readonly isCapped: boolean;
}

/**
 * Asks how many events match. Pages do not tell: counting takes as long as finding them.
 * @throws {CommandFailure} as {@link requestEventPages}
 */
export async function requestEventTotal(
  server: ServerAccess,
  { filters, order, signal }: EventQuestion,
): Promise<EventTotal> {
  const parameters = new URLSearchParams(filters);
  parameters.set('order', order);
  parameters.set('limit', '1');
  const { records, total, totalIsCapped } = await requestPage(server, parameters, signal);
  return { matches: total ?? records.length, isCapped: totalIsCapped };
}

interface ServedPage extends EventPage {
  readonly total: number | undefined;
  readonly totalIsCapped: boolean;
}

async function requestPage(
  server: ServerAccess,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<ServedPage> {
  const question = {
    path: `api/v1/audit/events?${parameters}`,
    accept: 'application/json',
    what: 'events',
    signal,
    charsMax: pageCharsMax,
  };
  const text = await askForText(server, question);
  const page = safeParsePage(text);
  if (page === undefined) throw notFrom(server, question);
  return page;
}

type Pagination = { readonly [Name in keyof AuditEventsQueryResponse['pagination']]?: unknown };

function safeParsePage(text: string): ServedPage | undefined {
  const { data, pagination } = safeParseMembers(text);
  if (!Array.isArray(data) || typeof pagination !== 'object' || pagination === null) return undefined;
  const { total, total_is_capped, purged, next_cursor }: Pagination = pagination;
  return {
    records: elementTexts(text, 'data').map(readServedRecord),
    total: typeof total === 'number' ? total : undefined,
    totalIsCapped: total_is_capped === true,
    purged: typeof purged === 'number' ? purged : 0,
    nextCursor: typeof next_cursor === 'string' ? next_cursor : undefined,
  };
}
