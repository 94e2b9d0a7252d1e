import { relative } from 'node:path';
import { inspectSpool, type SpoolInspection } from '@audit/spool';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { spoolRootOption } from '../../options/spool-root.ts';
import { jsonLine } from '../../output/json.ts';
import { countOf, formatAge, formatBytes, formatCount } from '../../output/quantities.ts';
import { type Column, renderTable } from '../../output/table.ts';
import { writeLine } from '../../output/write-line.ts';
import { describeHolder } from '../../spools/describe-holder.ts';
import { findSpools } from '../../spools/find-spools.ts';
import { inspectionJson } from '../../spools/inspection-json.ts';

interface ListOptions {
  readonly root: string;
  readonly json?: boolean;
}

/** `audit spool list`. */
export function listCommand(context: CommandContext): Command {
  return new Command('list')
    .description('show every spool on this machine and what waits in it')
    .addOption(spoolRootOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit spool list',
        'audit spool list --root /var/lib/audit-spool',
        `audit spool list --json | jq -r 'select(.held == false and .entries > 0) | .directory'`,
      ),
    )
    .action((options: ListOptions) => listSpools(options, context));
}

async function listSpools({ root, json }: ListOptions, { stdout, now }: CommandContext): Promise<void> {
  const inspections: SpoolInspection[] = [];
  for (const directory of await findSpools(root)) inspections.push(await inspectSpool(directory));
  if (json) {
    for (const inspection of inspections) stdout.write(jsonLine(toJson(inspection)));
    return;
  }
  if (inspections.length > 0)
    stdout.write(`${renderTable(columnsFor(root, now()), inspections, stdout.hasColors)}\n`);
  const entries = inspections.reduce((sum, inspection) => sum + inspection.entries, 0);
  writeLine(
    stdout,
    `${countOf(inspections.length, 'spool')} below ${root}, ${countOf(entries, 'event')} waiting`,
  );
}

function toJson(inspection: SpoolInspection): Readonly<Record<string, unknown>> {
  return { ...inspectionJson(inspection), damaged_files: inspection.damage.length };
}

function columnsFor(root: string, nowMs: number): readonly Column<SpoolInspection>[] {
  return [
    { title: 'HELD BY', read: describeHolder },
    { title: 'WAITING', align: 'right', read: ({ entries }) => formatCount(entries) },
    { title: 'SIZE', align: 'right', read: ({ bytes }) => formatBytes(bytes) },
    { title: 'OLDEST', align: 'right', read: ({ oldestAppendedAt }) => ageOf(oldestAppendedAt, nowMs) },
    {
      title: 'DEAD LETTERS',
      align: 'right',
      read: ({ deadLetters }) => formatCount(deadLetters),
      isAlarm: ({ deadLetters }) => deadLetters > 0,
    },
    { title: 'QUARANTINE', align: 'right', read: ({ quarantineBytes }) => formatBytes(quarantineBytes) },
    {
      title: 'DAMAGE',
      read: ({ damage }) => (damage.length === 0 ? 'none' : countOf(damage.length, 'file')),
      isAlarm: ({ damage }) => damage.length > 0,
    },
    { title: 'SPOOL', read: ({ directory }) => relative(root, directory) || '.' },
  ];
}

function ageOf(time: string | undefined, nowMs: number): string {
  return time === undefined ? '-' : formatAge(nowMs - Date.parse(time));
}
