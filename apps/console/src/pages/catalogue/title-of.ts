import type { EventTitles } from './find-events.ts';

/** What an event of a type says happened; nothing for a type outside the titles. */
export function titleOf(titles: EventTitles, type: string): string | undefined {
  return titles[type];
}
