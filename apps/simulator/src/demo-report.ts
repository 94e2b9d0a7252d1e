import type { AuditRecord } from '@audit/schema';
import pc from 'picocolors';
import type { PlayedScenario, SimulationReport } from './simulate.ts';
import { renderTimeline, type TimelineOptions } from './timeline.ts';
import { toTimelineRows } from './timeline-row.ts';

/** What the demo shows. */
export interface DemoReport {
  readonly url: string;
  readonly seed: string;
  readonly simulation: SimulationReport;
  readonly story: Story;
  /** The stored trail of the story, in the order of the log. */
  readonly records: readonly AuditRecord[];
}

/** The remediation that is told in full. */
export interface Story {
  readonly scenario: string;
  readonly correlationId: string;
}

/** Picks the remediation to tell: a plan begins with one in which every service has a part. */
export function pickStory([scenario]: readonly PlayedScenario[]): Story {
  const [correlationId] = scenario?.correlationIds ?? [];
  if (scenario === undefined || correlationId === undefined) throw new Error('nothing was played');
  return { scenario: scenario.name, correlationId };
}

/** Writes the report of the demo. */
export function renderDemoReport(report: DemoReport, options: TimelineOptions = {}): string {
  const colors = pc.createColors(options.color ?? false);
  const { story, records } = report;
  const links = linksOf(report);
  const nameChars = Math.max(...links.map(([name]) => name.length));
  const lines = [
    '',
    summaryOf(report),
    '',
    `${colors.bold(story.correlationId)}  ${story.scenario}`,
    renderTimeline(records, options),
    toTimelineRows(records).every(({ isLinked }) => isLinked)
      ? colors.green('✓ every record names the hash of the one before it')
      : colors.red('✗ the chain of hashes is broken'),
    '',
    'Look further while the server runs (Ctrl-C ends it):',
    ...links.map(([name, link]) => `  ${name.padEnd(nameChars)}  ${link}`),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function summaryOf({ simulation, seed, url }: DemoReport): string {
  const { scenarios, acknowledged, emitted, seconds } = simulation;
  const remediations = scenarios.flatMap(({ correlationIds }) => correlationIds).length;
  return `Played ${remediations} remediations (seed ${seed}): ${acknowledged} of ${emitted} events stored at ${url} in ${seconds.toFixed(1)} s.`;
}

function linksOf({ url, story }: DemoReport): readonly (readonly [string, string])[] {
  const trail = `${url}/api/v1/audit/events?correlation_id=${encodeURIComponent(story.correlationId)}&order=asc`;
  return [
    ['console', `${url}/`],
    ['this trail there', `${url}/trail/${encodeURIComponent(story.correlationId)}`],
    ['this trail as JSON', trail],
    ['newest events', `${url}/api/v1/audit/events?limit=10`],
    ['contract', `${url}/openapi.json`],
    ['readiness', `${url}/readyz`],
    ['in a shell', `npx -y pnpm@12 exec node apps/cli/dist/main.js why ${story.correlationId} --url ${url}`],
  ];
}
