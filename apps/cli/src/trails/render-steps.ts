import { durationText, type Trail, type TrailGap, type TrailStep } from '@audit/trail';
import type { TextOutput } from '../command-context.ts';
import { oneLine } from '../output/one-line.ts';
import { type Styles, stylesFor } from '../output/styles.ts';

/** Writes the timeline, a step on a line; on a terminal no line is longer than its own. */
export function renderSteps(
  { gaps, steps }: Trail,
  { hasColors, columns }: Pick<TextOutput, 'hasColors' | 'columns'>,
): string {
  const styles = stylesFor(hasColors);
  const serviceChars = Math.max('SERVICE'.length, ...steps.map(({ service }) => oneLine(service).length));
  const titleChars = Math.max(
    'WHAT'.length,
    ...steps.map(({ title }) => oneLine(title, titleCharsMax).length),
  );
  const layout = { styles, serviceChars, titleChars, columns };
  const gapsAfter = Map.groupBy(gaps, ({ afterStep }) => afterStep ?? -1);
  const title = `${'OFFSET'.padStart(8)} ${'TOOK'.padStart(6)}   ${'SERVICE'.padEnd(serviceChars)}  ${'WHAT'.padEnd(titleChars)}  DETAILS`;
  const lines = steps.flatMap((step) => [
    renderStep(step, layout),
    ...(gapsAfter.get(step.index) ?? []).map((gap) => renderGap(gap, styles)),
  ]);
  return [styles.bold(title), ...lines].map((line) => `${line.trimEnd()}\n`).join('');
}

const titleCharsMax = 60;
const newsCharsMax = 160;

interface Layout {
  readonly styles: Styles;
  readonly serviceChars: number;
  readonly titleChars: number;
  readonly columns: number | undefined;
}

function renderStep(step: TrailStep, { styles, serviceChars, titleChars, columns }: Layout): string {
  const { durationMs, offsetMs, service, title } = step;
  const offset = offsetMs === undefined ? '?' : `${offsetMs < 0 ? '' : '+'}${durationText(offsetMs)}`;
  const took = durationMs === undefined ? '' : durationText(durationMs);
  const left = `${offset.padStart(8)} ${took.padStart(6)} `;
  const middle = `${oneLine(service).padEnd(serviceChars)}  ${oneLine(title, titleCharsMax).padEnd(titleChars)}`;
  const details = newsOf(step).join(' · ');
  const room =
    columns === undefined ? newsCharsMax : columns - left.length - middle.length - '✗ '.length - '  '.length;
  const news = room < newsCharsMin ? '' : oneLine(details, Math.min(room, newsCharsMax));
  return `${left}${markOf(step, styles)} ${paint(step, styles)(middle)}  ${news}`;
}

// Less is no help; the line is then for the rest.
const newsCharsMin = 12;

// What went wrong matters more than what else is new.
function newsOf({ error, news, parent }: TrailStep): readonly string[] {
  const orphan = parent !== undefined && parent.step === undefined ? ['cause not here'] : [];
  const wrong = error === undefined || news.includes(error.message) ? [] : [error.message];
  return [...wrong, ...news, ...orphan];
}

function markOf({ outcome }: TrailStep, { green, red, yellow }: Styles): string {
  if (outcome === 'failure') return red('✗');
  return outcome === 'pending' ? yellow('…') : green('✓');
}

function paint({ actor, outcome }: TrailStep, styles: Styles): (text: string) => string {
  if (outcome === 'failure') return styles.red;
  return actor?.isPerson ? styles.cyan : (text) => text;
}

function renderGap({ durationMs, kind }: TrailGap, { yellow }: Styles): string {
  const length = durationMs === undefined ? '' : ` ${durationText(durationMs)}`;
  return yellow(`${'⋮'.padStart(8)}${length} ${kind.replace('_', ' ')}`);
}
