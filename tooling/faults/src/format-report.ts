import type { RunReport } from './run-scenario.ts';

/** Writes a report as a table of two columns, and below it what was found wrong. */
export function formatReport(report: RunReport): string {
  const rows = reportRows(report);
  const width = Math.max(...rows.map(([name]) => name.length));
  const table = rows.map(([name, figure]) => `${name.padEnd(width)}  ${figure}`);
  return [...table, '', ...conclusion(report)].join('\n');
}

function reportRows(report: RunReport): [string, string][] {
  const { counts, kills, producers } = report;
  const total = (figures: readonly number[]) => figures.reduce((sum, figure) => sum + figure, 0);
  return [
    ['scenario', `${report.scenario}, seed ${report.seed}, ${report.seconds.toFixed(1)} s`],
    ['kills', `${total(Object.values(kills))}: ${list(Object.entries(kills))}`],
    ['accepted', `${counts.accepted} of ${counts.intended}`],
    ['rejected', `${counts.rejected}${details(report.rejections)}`],
    ['stored', String(counts.stored)],
    ['dead letters', String(counts.dead)],
    ['in spools', String(counts.spooled)],
    ['damaged', `${counts.damaged}, removed ${counts.removed}, found in quarantine ${counts.quarantined}`],
    ['lost', String(counts.lost)],
    ['doubled', String(counts.doubled)],
    ['answers of the server', list([...report.answers].sort())],
    ['faults on the way', list(Object.entries(report.faults))],
    ['faults in producers', list([...report.producerFaults])],
    ['damages of spools', list(countsOf(report.damages.map(({ kind }) => kind)))],
    ['last lives', `${total(producers.map(({ requests }) => requests))} requests`],
  ];
}

function conclusion({ findings, scenario, seed }: RunReport): string[] {
  if (findings.length === 0) return ['Every accepted event is stored exactly once or is a dead letter.'];
  return [`WRONG, seed ${seed} of ${scenario}:`, ...findings.map((finding) => `- ${finding}`)];
}

function countsOf(kinds: readonly string[]): [string, number][] {
  return [...Map.groupBy(kinds, (kind) => kind)].map(([kind, { length }]) => [kind, length]);
}

function details(counts: ReadonlyMap<string, number>): string {
  return counts.size === 0 ? '' : `: ${list([...counts])}`;
}

function list(entries: readonly (readonly [string, number])[]): string {
  return entries.length === 0 ? 'none' : entries.map(([name, count]) => `${name} ${count}`).join(', ');
}
