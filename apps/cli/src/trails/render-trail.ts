import { durationText, type Trail, type TrailStep } from '@audit/trail';
import type { TextOutput } from '../command-context.ts';
import { oneLine } from '../output/one-line.ts';
import { stylesFor } from '../output/styles.ts';
import { renderFailures } from './render-failures.ts';
import { renderHeading } from './render-heading.ts';
import { renderLanes } from './render-lanes.ts';
import { renderSteps } from './render-steps.ts';

/** Options of {@link renderTrail}. */
export interface TrailRendering {
  /** Number of records of the correlation that were purged. */
  readonly purged: number;
  readonly output: Pick<TextOutput, 'hasColors' | 'columns'>;
}

/** Writes a trail for a person: how it ended, what failed, where it says too little, the timeline, the services. */
export function renderTrail(trail: Trail, { purged, output }: TrailRendering): string {
  const { hasColors } = output;
  const parts = [
    renderHeading(trail, purged, hasColors),
    renderFailures(
      trail.failures.flatMap((place): TrailStep[] => trail.steps.slice(place, place + 1)),
      hasColors,
    ),
    renderGaps(trail, hasColors),
    renderSteps(trail, output),
    renderLanes(trail, hasColors),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

const whyCharsMax = 400;

function renderGaps({ gaps }: Trail, hasColors: boolean): string {
  if (gaps.length === 0) return '';
  const { bold, yellow } = stylesFor(hasColors);
  const lines = gaps.map(({ why, offsetMs }) => {
    const at = offsetMs === undefined ? '' : `+${durationText(offsetMs)} `;
    return `  ${yellow('?')} ${at}${oneLine(why, whyCharsMax)}\n`;
  });
  return `${bold('Gaps')}\n${lines.join('')}`;
}
