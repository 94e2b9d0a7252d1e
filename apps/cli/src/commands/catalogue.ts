import { contractCatalogue } from '@audit/schema';
import { Argument, Command } from 'commander';
import { describeEventType, type EventTypeReference } from '../catalogue/event-type-reference.ts';
import { renderReference } from '../catalogue/render-reference.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { jsonOption } from '../options/json-option.ts';
import { jsonLine } from '../output/json.ts';
import { type Column, renderTable } from '../output/table.ts';

/** `audit catalogue`. */
export function catalogueCommand(context: CommandContext): Command {
  return new Command('catalogue')
    .description('look up event types: who emits them, and what their payload has; needs no server')
    .addArgument(new Argument('[words...]', 'a type, or words that its name, title or service has'))
    .addOption(jsonOption())
    .addHelpText(
      'after',
      examples(
        'audit catalogue',
        'audit catalogue approval',
        'audit catalogue orchestrator.approval.rejected',
      ),
    )
    .action((words: readonly string[], { json }: { readonly json?: boolean }) =>
      lookUp(words, json === true, context),
    );
}

function lookUp(words: readonly string[], isJson: boolean, { stdout }: CommandContext): void {
  const all = contractCatalogue.types.flatMap((type) => describeEventType(type) ?? []);
  const exact = all.filter(({ type }) => words.length === 1 && type === words[0]);
  const found = exact.length > 0 ? exact : all.filter((reference) => hasWords(reference, words));
  const [only, ...more] = found;
  if (only === undefined)
    throw new CommandFailure('usage', `no event type has "${words.join(' ')}"; "audit catalogue" lists all`);
  if (isJson) stdout.write(found.map(jsonLine).join(''));
  else if (more.length === 0) stdout.write(renderReference(only, stdout.hasColors));
  else stdout.write(renderTable(columns, found, stdout.hasColors));
}

function hasWords({ service, title, type }: EventTypeReference, words: readonly string[]): boolean {
  const text = `${type} ${title} ${service}`.toLowerCase();
  return words.every((word) => text.includes(word.toLowerCase()));
}

const columns: readonly Column<EventTypeReference>[] = [
  { title: 'TYPE', read: ({ type }) => type },
  { title: 'WHAT', read: ({ title }) => title },
  { title: 'SERVICE', read: ({ service }) => service },
  { title: 'CATEGORY', read: ({ category }) => category },
  { title: 'OUTCOMES', read: ({ outcomes }) => outcomes.join(', ') },
];
