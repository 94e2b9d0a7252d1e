import type { RetentionPolicy } from './retention-policy.ts';

/** What the operator wants of retention: a policy, or that nothing is purged. */
export type RetentionSetting = RetentionPolicy | 'off';

const defaultDays = 2_555;
const daysMax = 36_500;

/** The form {@link parseRetentionPolicy} reads, for messages. */
export const retentionForm = `off, or days from 1 to ${daysMax} by event category, such as default=2555,gateway=365`;

/** Reads a retention policy as the command line takes it; undefined when it is none. */
export function parseRetentionPolicy(text: string): RetentionSetting | undefined {
  if (text === 'off') return 'off';
  const entries = text.split(',').map((entry) => /^([^=*,\s]{1,50})=(\d{1,5})$/.exec(entry.trim()));
  const days = new Map<string, number>();
  for (const entry of entries) {
    const [, category, count] = entry ?? [];
    if (category === undefined || days.has(category)) return undefined;
    if (!(Number(count) >= 1 && Number(count) <= daysMax)) return undefined;
    days.set(category, Number(count));
  }
  const policy = days.get('default') ?? defaultDays;
  days.delete('default');
  return { defaultDays: policy, categoryDays: Object.fromEntries(days) };
}
