import { readTrail, type TrailEvent } from '@audit/trail';
import type { TextOutput } from '../command-context.ts';
import { oneLine } from '../output/one-line.ts';
import { stylesFor } from '../output/styles.ts';
import { utcText } from './event-table.ts';
import { memberText, type ServedRecord } from './served-record.ts';

const detailsCharsMax = 160;
const typeChars = 40;

/** Writes an event on one line: when, how it ended, what, of which correlation, and what it tells. */
export function renderEventLine(
  { members }: ServedRecord,
  { hasColors, columns = Number.POSITIVE_INFINITY }: Pick<TextOutput, 'hasColors' | 'columns'>,
): string {
  const styles = stylesFor(hasColors);
  const { event_outcome: outcome } = members;
  // A trail is read from whatever members there are.
  const [step] = readTrail([members as unknown as TrailEvent]).steps;
  const time = oneLine(utcText(members.event_timestamp).slice(11));
  const mark =
    { failure: styles.red('✗'), pending: styles.yellow('…') }[memberText(outcome)] ?? styles.green('✓');
  const type = oneLine(memberText(members.event_type)).padEnd(typeChars);
  const correlation = oneLine(memberText(members.correlation_id));
  const room = Math.min(
    detailsCharsMax,
    columns - time.length - type.length - correlation.length - '  ✓   '.length,
  );
  const details = [step?.error?.message, ...(step?.news ?? [])]
    .filter((text) => text !== undefined)
    .join(' · ');
  const told = room > 1 ? oneLine(details, room) : '';
  const line = `${styles.dim(time)} ${mark} ${outcome === 'failure' ? styles.red(type) : type} ${styles.dim(correlation)}  ${told}`;
  return `${line.trimEnd()}\n`;
}
