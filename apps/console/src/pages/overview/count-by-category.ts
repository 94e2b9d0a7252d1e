import type { AuditStatistics, EventOutcome } from '@audit/schema';

/** Numbers of events of one category. */
export interface CategoryCount {
  readonly category: string;
  readonly outcomes: Readonly<Record<EventOutcome, number>>;
  readonly total: number;
}

/** Adds the buckets up by category, those with the most events first. */
export function countByCategory({ buckets }: AuditStatistics): readonly CategoryCount[] {
  const byCategory = new Map<string, Record<EventOutcome, number>>();
  for (const { event_category, event_outcome, count } of buckets.flatMap(({ counts }) => counts)) {
    const outcomes = byCategory.get(event_category) ?? { success: 0, failure: 0, pending: 0 };
    outcomes[event_outcome] += count;
    byCategory.set(event_category, outcomes);
  }
  return [...byCategory]
    .map(([category, outcomes]) => ({ category, outcomes, total: sumOf(outcomes) }))
    .toSorted((a, b) => b.total - a.total || a.category.localeCompare(b.category));
}

function sumOf(outcomes: Readonly<Record<EventOutcome, number>>): number {
  return outcomes.success + outcomes.failure + outcomes.pending;
}
