import {
  type ChangedMember,
  type ChangedStep,
  durationText,
  type Trail,
  type TrailComparison,
  type TrailStep,
} from '@audit/trail';
import { oneLine } from '../output/one-line.ts';
import { type Styles, stylesFor } from '../output/styles.ts';
import { outcomeWord } from './outcome-style.ts';
import { stepJson } from './trail-json.ts';

/** What {@link renderComparison} writes beside the comparison. */
export interface ComparisonRendering {
  readonly trails: readonly [Trail, Trail];
  /** Whether times and names are shown as well. */
  readonly every: boolean;
  readonly hasColors: boolean;
}

/** Writes what differs: `-` is the first, `+` the second. */
export function renderComparison(
  comparison: TrailComparison,
  { trails, every, hasColors }: ComparisonRendering,
): string {
  const styles = stylesFor(hasColors);
  const { changed, decisions, onlyInFirst, onlyInSecond, shared } = comparison;
  const kinds: readonly ChangedMember['kind'][] = every
    ? ['value', 'identity', 'time', 'measure']
    : ['value'];
  const parts = [
    renderEnds(trails, styles),
    section(
      'Decisions that differ',
      styles,
      decisions.flatMap(({ first, label, second, stage }) => [
        `  ${styles.dim(`${stage}:`)} ${oneLine(label)}`,
        ...first.map((text) => removed(text, styles)),
        ...second.map((text) => added(text, styles)),
      ]),
    ),
    section(
      'Steps only in the first',
      styles,
      onlyInFirst.map((step) => removed(stepText(step), styles)),
    ),
    section(
      'Steps only in the second',
      styles,
      onlyInSecond.map((step) => added(stepText(step), styles)),
    ),
    section(
      'Steps that went differently',
      styles,
      changed.flatMap((step) => renderChange(step, kinds, styles)),
    ),
    `${styles.dim(`${shared} steps in both`)}\n`,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** A comparison for machines: the events themselves are left out. */
export function comparisonJson(
  comparison: TrailComparison,
  [first, second]: readonly [Trail, Trail],
): object {
  const { changed, onlyInFirst, onlyInSecond, ...rest } = comparison;
  return {
    correlationIds: { first: first.correlationId, second: second.correlationId },
    ...rest,
    onlyInFirst: onlyInFirst.map(stepJson),
    onlyInSecond: onlyInSecond.map(stepJson),
    changed: changed.map((step) => ({ ...step, first: stepJson(step.first), second: stepJson(step.second) })),
  };
}

function section(title: string, { bold }: Styles, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [bold(title), ...lines].map((line) => `${line}\n`).join('');
}

function renderEnds([first, second]: readonly [Trail, Trail], styles: Styles): string {
  return [['-', first] as const, ['+', second] as const]
    .map(([sign, { correlationId, durationMs = 0, outcome }]) => {
      const id = `${sign} ${oneLine(correlationId)}`;
      return `${id}  ${outcomeWord(outcome.status, styles)}  ${durationText(durationMs)}  ${oneLine(outcome.summary, textCharsMax)}\n`;
    })
    .join('');
}

const textCharsMax = 400;

function removed(text: string, { red }: Styles): string {
  return red(`    - ${oneLine(text, textCharsMax)}`);
}

function added(text: string, { green }: Styles): string {
  return green(`    + ${oneLine(text, textCharsMax)}`);
}

function stepText({ details, offsetMs = 0, title }: TrailStep): string {
  return [`+${durationText(offsetMs)} ${title}`, ...details].join(' · ');
}

function renderChange(
  change: ChangedStep,
  kinds: readonly ChangedMember['kind'][],
  styles: Styles,
): readonly string[] {
  const { durationMs, members, outcome } = change;
  const shown = members.filter(({ kind }) => kinds.includes(kind));
  const lines = [
    ...(outcome === undefined
      ? []
      : difference('outcome', outcome.first ?? 'none', outcome.second ?? 'none', styles)),
    ...(durationMs === undefined
      ? []
      : difference('took', tookText(durationMs.first), tookText(durationMs.second), styles)),
    ...shown.flatMap(({ first, pointer, second }) =>
      difference(pointer, valueText(first), valueText(second), styles),
    ),
  ];
  return [`  ${oneLine(change.first.title)} ${styles.dim(oneLine(change.first.type))}`, ...lines];
}

function difference(name: string, first: string, second: string, styles: Styles): readonly string[] {
  return [styles.dim(`    ${oneLine(name)}`), removed(first, styles), added(second, styles)];
}

function tookText(durationMs: number | undefined): string {
  return durationMs === undefined ? 'not said' : durationText(durationMs);
}

function valueText(value: unknown): string {
  if (value === undefined) return '(not there)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
