import { durationText, type TrailStep } from '@audit/trail';
import { oneLine } from '../output/one-line.ts';
import { stylesFor } from '../output/styles.ts';

const messageCharsMax = 400;

/** Writes what failed, each with when, what and why; nothing when nothing did. */
export function renderFailures(steps: readonly TrailStep[], hasColors: boolean): string {
  if (steps.length === 0) return '';
  const { bold, red, dim } = stylesFor(hasColors);
  const lines = steps.map(({ error, offsetMs = 0, service, title }) => {
    const codes = [error?.reason, error?.code].filter((code) => code !== undefined).join(', ');
    const said = [title, error?.message].filter((part) => part !== undefined).join(': ');
    const more = codes === '' ? '' : dim(` (${oneLine(codes)})`);
    const when = `+${durationText(offsetMs)}`;
    return `  ${red('✗')} ${when} ${dim(oneLine(service))} ${oneLine(said, messageCharsMax)}${more}\n`;
  });
  return `${bold('Failures')}\n${lines.join('')}`;
}
