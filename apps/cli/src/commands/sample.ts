import {
  chooseSample,
  type ListedRecord,
  type MoreChecks,
  type Population,
  type SampleRequest,
} from '@audit/integrity';
import { displayText } from '@audit/schema';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CommandContext } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { examples } from '../examples.ts';
import { addSequenceOptions } from '../options/export-options.ts';
import { addPackOptions, type PackOptions } from '../options/pack-options.ts';
import { readServerOptions } from '../options/server-options.ts';
import { readTrust } from '../options/trust-options.ts';
import { wholeNumber } from '../options/whole-number.ts';
import { jsonLine } from '../output/json.ts';
import { formatCount } from '../output/quantities.ts';
import { type Column, renderTable } from '../output/table.ts';
import { conclude } from '../verification/conclude.ts';
import { answerCheck, verifyServedPack } from '../verification/served-pack.ts';
import { trustFor } from '../verification/server-trust.ts';
import { readSignedSize } from '../verification/signed-size.ts';

interface SampleOptions extends PackOptions {
  readonly size: number;
  readonly seed: string;
  readonly fromSequence?: number;
  readonly toSequence?: number;
  readonly list?: boolean;
}

const sizeMax = 10_000;
const seedCharsMax = 255;
const descriptionCharsMax = 1_000;

/** `audit sample`. */
export function sampleCommand(context: CommandContext): Command {
  const command = new Command('sample')
    .description('choose records by a seed, so that nobody can choose them for you, and verify them')
    .addOption(
      new Option('--size <n>', 'how many records').argParser(wholeNumber(1, sizeMax)).makeOptionMandatory(),
    )
    .addOption(
      new Option('--seed <text>', 'any text; the same text chooses the same records')
        .argParser(parseSeed)
        .makeOptionMandatory(),
    )
    .addOption(new Option('--list', 'only print which records are chosen, without asking a server'));
  return addPackOptions(addSequenceOptions(command, 'choose'))
    .addHelpText(
      'after',
      examples(
        'audit sample --size 25 --seed "audit of 2026-01-15" --key log-keys.json --output sample.pack',
        'audit sample --size 25 --seed 4711 --from-sequence 1000 --to-sequence 1999 --key log-keys.json',
        'audit sample --list --size 25 --seed 4711 --from-sequence 1000 --to-sequence 1999',
      ),
    )
    .action((options: SampleOptions) =>
      options.list ? listSample(options, context) : verifySample(options, context),
    );
}

function listSample(options: SampleOptions, { stdout }: CommandContext): void {
  const { fromSequence, json, toSequence } = options;
  if (fromSequence === undefined || toSequence === undefined)
    throw new CommandFailure(
      'usage',
      '--list needs --from-sequence and --to-sequence: they are part of the choice',
    );
  const request = requestOf(options, toSequence + 1);
  const chosen = chooseSample(request);
  if (json) stdout.write(jsonLine({ ...request, sequences: chosen }));
  else stdout.write(chosen.map((sequence) => `${sequence}\n`).join(''));
}

async function verifySample(options: SampleOptions, context: CommandContext): Promise<void> {
  const { signal, stdout } = context;
  const given = readTrust(options);
  const server = readServerOptions(options);
  const trust = await trustFor(server, given, signal);
  // The range is part of the choice: a server that chose it could leave out what it likes.
  const end =
    options.toSequence === undefined
      ? await readSignedSize(server, trust.trust, signal)
      : options.toSequence + 1;
  const request = requestOf(options, end);
  const served = await verifyServedPack(server, {
    ...trust,
    parameters: parametersOf(request, options),
    subject: `sample of ${server.url.href}`,
    output: options.output,
    stateDirectory: options.stateDir,
    signal,
    checkAnswer: (population) => checkPopulation(request, population),
  });
  await conclude(served, {
    ...trust,
    options,
    context,
    before: `${renderTable(columns, served.records, stdout.hasColors)}\n${displayText(describe(request), descriptionCharsMax)}\n\n`,
    members: { file: options.output ?? null, sample: request, items: served.records },
  });
}

function requestOf({ fromSequence: begin = 0, seed, size }: SampleOptions, end: number): SampleRequest {
  if (begin < end && size <= end - begin) return { seed, size, begin, end };
  throw new CommandFailure(
    'usage',
    `--size: there are ${Math.max(0, end - begin)} records from ${begin} to ${end - 1}, and ${size} were asked for`,
  );
}

function parametersOf({ begin, end, seed, size }: SampleRequest, options: SampleOptions): URLSearchParams {
  return new URLSearchParams({
    seed,
    sample_size: String(size),
    from_sequence: String(begin),
    to_sequence: String(end - 1),
    ...(options.disclosures && { disclosures: 'included' }),
  });
}

function checkPopulation({ begin, end, seed, size }: SampleRequest, population: Population): MoreChecks {
  const isAsked =
    population.kind === 'sample' &&
    population.seed === seed &&
    population.size === size &&
    population.begin === begin &&
    population.end === end;
  return answerCheck('the sample is of the seed, size and range that were asked for', isAsked);
}

function describe({ begin, end, seed, size }: SampleRequest): string {
  const range = `${formatCount(end - begin)} records from ${begin} to ${end - 1}`;
  return `${formatCount(size)} of the ${range}. With the seed "${seed}", this size and this range anybody gets the same ones.`;
}

const columns: readonly Column<ListedRecord>[] = [
  { title: 'SEQUENCE', align: 'right', read: ({ sequence }) => String(sequence) },
  { title: 'TIME', read: ({ event_timestamp }) => event_timestamp ?? '-' },
  { title: 'TYPE', read: ({ event_type, is_purged }) => event_type ?? (is_purged ? 'purged' : '-') },
  { title: 'CORRELATION', read: ({ correlation_id }) => correlation_id ?? '-' },
  { title: 'OUTCOME', read: ({ event_outcome }) => event_outcome ?? '-' },
];

function parseSeed(text: string): string {
  const isSeed = text !== '' && text.length <= seedCharsMax && text.isWellFormed();
  if (isSeed) return text;
  throw new InvalidArgumentError(`Expected a text of 1 to ${seedCharsMax} characters.`);
}
