import { displayText } from '@audit/schema';
import { durationText, type Trail } from '@audit/trail';
import { countOf } from '../output/quantities.ts';
import { stylesFor } from '../output/styles.ts';

const barChars = 40;

/** Writes when each service was at work, as bars over the whole time. */
export function renderLanes({ durationMs = 0, lanes }: Trail, hasColors: boolean): string {
  if (durationMs === 0 || lanes.length < 2) return '';
  const { bold, dim, red } = stylesFor(hasColors);
  const chars = Math.max(...lanes.map(({ service }) => displayText(service).length));
  const lines = lanes.map((lane) => {
    const start = place(lane.offsetMs, durationMs);
    const end = Math.max(start + 1, place(lane.offsetMs + lane.durationMs, durationMs));
    const bar = `${dim('·'.repeat(start))}${'█'.repeat(end - start)}${dim('·'.repeat(barChars - end))}`;
    const failures = lane.failures === 0 ? '' : red(`, ${countOf(lane.failures, 'failure')}`);
    const counts = `${countOf(lane.steps.length, 'event')}, ${durationText(lane.durationMs)}${failures}`;
    return `  ${displayText(lane.service).padEnd(chars)}  ${bar}  ${counts}\n`;
  });
  return `${bold('Services')}\n${lines.join('')}`;
}

function place(offsetMs: number, durationMs: number): number {
  const ratio = Math.min(1, Math.max(0, offsetMs / durationMs));
  return Math.min(barChars - 1, Math.floor(ratio * barChars));
}
