import type { AuditRecord } from '@audit/schema';
import { type InfiniteData, infiniteQueryOptions } from '@tanstack/react-query';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { accessWords } from './access-words.ts';

// Whatever happens to the log is in one of these; both are looked up, not searched.
const categories = ['datastorage', 'access'] as const;
const limit = 200;

/** Where each category goes on; null where it has no more. */
type Places = Readonly<Record<(typeof categories)[number], string | null | undefined>>;

interface AccessPage {
  readonly events: readonly AuditRecord[];
  readonly next: Places;
  /** Of older records, one category may still have some that were not read. */
  readonly wholeFrom: number;
}

/** The events that tell who exported, read, verified or was refused, newest first, read on as far as one asks. */
export const accessQuery = infiniteQueryOptions({
  queryKey: ['access'],
  queryFn: ({ pageParam, signal }) => readPage(pageParam, signal),
  initialPageParam: begin(),
  getNextPageParam: ({ next }) => (categories.some((category) => next[category] !== null) ? next : undefined),
  select: shownOf,
});

function begin(): Places {
  return { datastorage: undefined, access: undefined };
}

async function readPage(from: Places, signal: AbortSignal): Promise<AccessPage> {
  const parts = await Promise.all(categories.map((category) => readPart(category, from[category], signal)));
  const [datastorage, access] = parts.map(({ next }) => next);
  return {
    events: parts.flatMap(({ events }) => events),
    next: { datastorage, access },
    wholeFrom: Math.max(0, ...parts.map(({ wholeFrom }) => wholeFrom)),
  };
}

async function readPart(event_category: string, cursor: string | null | undefined, signal: AbortSignal) {
  if (cursor === null) return { events: [], next: null, wholeFrom: 0 };
  const query = { event_category, limit, total: 'none', ...(cursor !== undefined && { cursor }) } as const;
  const { data, pagination } = await answerOf(api.GET('/api/v1/audit/events', { params: { query }, signal }));
  const next = pagination.next_cursor;
  return { events: data, next, wholeFrom: next === null ? 0 : (data.at(-1)?.sequence ?? 0) };
}

function shownOf({ pages }: InfiniteData<AccessPage>): readonly AuditRecord[] {
  const wholeFrom = pages.at(-1)?.wholeFrom ?? 0;
  return pages
    .flatMap(({ events }) => events)
    .filter((event) => event.sequence >= wholeFrom && accessWords(event) !== undefined)
    .toSorted((one, other) => other.sequence - one.sequence);
}
