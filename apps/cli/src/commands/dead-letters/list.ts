import { relative } from 'node:path';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import {
  addLetterPlace,
  type KeptLetter,
  type LetterPlace,
  readKeptLetters,
} from '../../dead-letters/kept-letter.ts';
import { letterJson } from '../../dead-letters/letter-json.ts';
import { type EventSummary, summariseEvent } from '../../event-summary.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import { jsonLine } from '../../output/json.ts';
import { countOf, formatAge } from '../../output/quantities.ts';
import { type Column, renderTable } from '../../output/table.ts';
import { writeLine } from '../../output/write-line.ts';

interface ListOptions extends LetterPlace {
  readonly json?: boolean;
}

/** `audit dead-letters list`. */
export function listCommand(context: CommandContext): Command {
  return addLetterPlace(new Command('list'))
    .description('show the events that a server refused for good, and why')
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit dead-letters list',
        'audit dead-letters list --root /var/lib/audit-spool',
        `audit dead-letters list --json | jq -r 'select(.reason == "conflict") | .id'`,
      ),
    )
    .action((options: ListOptions) => listLetters(options, context));
}

async function listLetters(options: ListOptions, { stdout, now }: CommandContext): Promise<void> {
  const { directory, json, root } = options;
  const kept = await readKeptLetters(options);
  if (json) {
    for (const each of kept) stdout.write(jsonLine(letterJson(each)));
    return;
  }
  const rows = kept.map((each) => toRow(each, directory ?? root, now()));
  if (rows.length > 0) stdout.write(`${renderTable(columns, rows, stdout.hasColors)}\n`);
  writeLine(
    stdout,
    `${countOf(rows.length, 'dead letter')} ${directory === undefined ? 'below' : 'in'} ${directory ?? root}`,
  );
}

interface Row {
  readonly age: string;
  readonly reason: string;
  readonly event: EventSummary;
  readonly id: string;
  readonly spool: string;
}

function toRow({ directory, letter }: KeptLetter, place: string, nowMs: number): Row {
  return {
    age: formatAge(nowMs - Date.parse(letter.diedAt)),
    reason: letter.reason,
    event: summariseEvent(letter.text),
    id: letter.id,
    spool: relative(place, directory) || '.',
  };
}

const columns: readonly Column<Row>[] = [
  { title: 'DIED', align: 'right', read: ({ age }) => `${age} ago` },
  { title: 'REASON', read: ({ reason }) => reason, isAlarm: () => true },
  { title: 'EVENT TYPE', read: ({ event }) => event.event_type ?? '-' },
  { title: 'CORRELATION', read: ({ event }) => event.correlation_id ?? '-' },
  { title: 'ID', read: ({ id }) => id },
  { title: 'SPOOL', read: ({ spool }) => spool },
];
