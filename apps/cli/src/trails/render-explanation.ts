import { displayText } from '@audit/schema';
import type { Explanation, Fact, Stage, Trail } from '@audit/trail';
import { oneLine } from '../output/one-line.ts';
import { type Styles, stylesFor } from '../output/styles.ts';
import { renderFailures } from './render-failures.ts';
import { renderHeading } from './render-heading.ts';

/** What {@link renderExplanation} writes beside the trail. */
export interface ExplanationRendering {
  readonly explanation: Explanation;
  readonly purged: number;
  readonly hasColors: boolean;
}

/** Writes why a remediation went as it did; behind every fact the position of the record that says so. */
export function renderExplanation(
  trail: Trail,
  { explanation, purged, hasColors }: ExplanationRendering,
): string {
  const styles = stylesFor(hasColors);
  const parts = [
    renderHeading(trail, purged, hasColors),
    renderFailures(explanation.failures, hasColors),
    ...explanation.stages.map((stage) => renderStage(stage, trail, styles)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const summaryCharsMax = 600;

function renderStage({ facts, state, summary, title }: Stage, trail: Trail, styles: Styles): string {
  const mark = markOf(state, styles);
  const heading = `${mark} ${styles.bold(title)}  ${oneLine(summary, summaryCharsMax)}\n`;
  const chars = Math.max(0, ...facts.map(({ label }) => displayText(label, labelCharsMax).length));
  return heading + facts.map((fact) => renderFact(fact, { trail, chars, styles })).join('');
}

function markOf(state: Stage['state'], { dim, green, red, yellow }: Styles): string {
  return { done: green('✓'), failed: red('✗'), open: yellow('…'), absent: dim('–') }[state];
}

const labelCharsMax = 40;
const textCharsMax = 2_000;
const indent = 4;

interface FactLayout {
  readonly trail: Trail;
  readonly chars: number;
  readonly styles: Styles;
}

// A prompt has lines, which stay lines.
function renderFact({ label, text, step }: Fact, { trail, chars, styles }: FactLayout): string {
  const sequence = trail.steps[step]?.event.sequence;
  const source = styles.dim(typeof sequence === 'number' ? ` [${sequence}]` : '');
  const [first = '', ...more] = text
    .slice(0, textCharsMax)
    .split(/\r?\n/)
    .map((line) => displayText(line, textCharsMax));
  const name = styles.dim(displayText(label, labelCharsMax).padEnd(chars));
  const lines = [first, ...more.map((line) => `${' '.repeat(chars + 2 + indent)}${line}`)];
  return `${' '.repeat(indent)}${name}  ${lines.join('\n')}${source}\n`;
}
