import { durationText, type Trail } from '@audit/trail';
import { oneLine } from '../output/one-line.ts';
import { countOf } from '../output/quantities.ts';
import { stylesFor } from '../output/styles.ts';
import { outcomeWord } from './outcome-style.ts';

/** Writes what a trail is about and how it ended. */
export function renderHeading(trail: Trail, purged: number, hasColors: boolean): string {
  const styles = stylesFor(hasColors);
  const { correlationId, durationMs = 0, outcome, startMs, steps, subject } = trail;
  const about = [subject.alert, subject.severity, subject.resource, subject.namespace, subject.cluster];
  const start =
    startMs === undefined
      ? 'at an unknown time'
      : `${new Date(startMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const lines = [
    `${styles.bold(oneLine(correlationId))}  ${outcomeWord(outcome.status, styles)}`,
    oneLine(outcome.summary, summaryCharsMax),
    oneLine(about.filter((part) => part !== undefined).join(' · ')),
    styles.dim(`${start} · took ${durationText(durationMs)} · ${countOf(steps.length, 'event')}`),
    purged === 0
      ? ''
      : styles.yellow(`${countOf(purged, 'record')} of it purged: what they told is missing here`),
  ];
  return lines
    .filter((line) => line !== '')
    .map((line) => `${line}\n`)
    .join('');
}

const summaryCharsMax = 500;
