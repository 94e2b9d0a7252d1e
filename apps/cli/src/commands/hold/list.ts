import type { LegalHold, LegalHoldsResponse } from '@audit/schema';
import { Command } from 'commander';
import type { CommandContext } from '../../command-context.ts';
import { utcText } from '../../events/event-table.ts';
import { examples } from '../../examples.ts';
import { jsonOption } from '../../options/json-option.ts';
import {
  addServerOptions,
  readServerOptions,
  type ServerAccess,
  type ServerOptions,
} from '../../options/server-options.ts';
import { jsonLine } from '../../output/json.ts';
import { formatCount } from '../../output/quantities.ts';
import { type Column, createTable } from '../../output/table.ts';
import { writeLine } from '../../output/write-line.ts';
import { askForJson } from '../../server/ask-for-json.ts';

interface ListOptions extends ServerOptions {
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `audit hold list`. */
export function listCommand(context: CommandContext): Command {
  return addServerOptions(new Command('list'))
    .description('show the holds, newest first')
    .option('--all', 'the released ones as well')
    .addOption(jsonOption())
    .addHelpText('after', examples('audit hold list', 'audit hold list --all --json'))
    .action((options: ListOptions) => list(options, context));
}

async function list(options: ListOptions, { signal, stdout }: CommandContext): Promise<void> {
  const server = readServerOptions(options);
  const table = createTable(
    options.all ? [...activeColumns, ...releaseColumns] : activeColumns,
    stdout.hasColors,
  );
  let shown = 0;
  for await (const holds of requestHolds(server, { status: options.all ? 'all' : 'active' }, signal)) {
    shown += holds.length;
    if (options.json) stdout.write(holds.map(jsonLine).join(''));
    else if (holds.length > 0) stdout.write(table(holds));
  }
  if (shown === 0 && !options.json) writeLine(stdout, 'nothing is held');
}

async function* requestHolds(
  server: ServerAccess,
  { status }: { readonly status: 'active' | 'all' },
  signal: AbortSignal,
): AsyncGenerator<readonly LegalHold[]> {
  let cursor: string | null = null;
  do {
    const parameters = new URLSearchParams({ status, limit: '200', ...(cursor !== null && { cursor }) });
    const question = { path: `api/v1/audit/legal-hold?${parameters}`, what: 'list of holds', signal };
    const shape = { holds: 'object', total: 'number' } as const;
    const page: LegalHoldsResponse = await askForJson<LegalHoldsResponse>(server, question, shape);
    yield page.holds;
    cursor = page.next_cursor;
  } while (cursor !== null);
}

const activeColumns: readonly Column<LegalHold>[] = [
  { title: 'CORRELATION', read: (hold) => hold.correlation_id },
  { title: 'STATUS', read: (hold) => hold.status },
  { title: 'EVENTS', align: 'right', read: (hold) => formatCount(hold.events_affected) },
  { title: 'PLACED (UTC)', read: (hold) => utcText(hold.placed_at).slice(0, 19) },
  { title: 'BY', read: (hold) => hold.placed_by },
  { title: 'REASON', read: (hold) => hold.reason },
];

const releaseColumns: readonly Column<LegalHold>[] = [
  { title: 'RELEASED (UTC)', read: (hold) => utcText(hold.released_at ?? '').slice(0, 19) },
  { title: 'BY', read: (hold) => hold.released_by ?? '' },
  { title: 'REASON', read: (hold) => hold.release_reason ?? '' },
];
