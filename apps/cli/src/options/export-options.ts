import { type Command, InvalidArgumentError, Option } from 'commander';
import { wholeNumber } from './whole-number.ts';

/** What a person gives to choose records. */
export interface ExportOptions {
  readonly format: 'jsonl' | 'csv' | 'pack';
  readonly correlation?: string;
  readonly type?: string;
  readonly category?: string;
  readonly outcome?: string;
  readonly severity?: string;
  readonly since?: string;
  readonly until?: string;
  readonly fromSequence?: number;
  readonly toSequence?: number;
  readonly disclosures?: boolean;
}

const sequenceMax = 999_999_999_999_999;

/** Adds the options that choose records, and the form they come in. */
export function addExportOptions(command: Command): Command {
  return addSequenceOptions(
    command
      .addOption(
        new Option('--format <format>', 'exact records, rows for a spreadsheet, or an evidence pack')
          .choices(['jsonl', 'csv', 'pack'])
          .default('jsonl'),
      )
      .addOption(filterOption('--correlation <id>', 'records of this correlation'))
      .addOption(filterOption('--type <type>', 'records of this event type'))
      .addOption(filterOption('--category <category>', 'records of this event category'))
      .addOption(
        new Option('--outcome <outcome>', 'records with this outcome').choices([
          'success',
          'failure',
          'pending',
        ]),
      )
      .addOption(filterOption('--severity <severity>', 'records with this severity'))
      .addOption(filterOption('--since <time>', 'what happened then or later: 2026-01-15, 24h, 7d'))
      .addOption(filterOption('--until <time>', 'what happened then or earlier'))
      .addOption(disclosuresOption()),
    'export',
  );
}

/** Adds `--from-sequence` and `--to-sequence`. */
export function addSequenceOptions(command: Command, verb: string): Command {
  return command
    .addOption(
      new Option('--from-sequence <n>', `${verb} from this position in the log on`).argParser(
        wholeNumber(0, sequenceMax),
      ),
    )
    .addOption(
      new Option('--to-sequence <n>', `${verb} up to this position in the log, itself included`).argParser(
        wholeNumber(0, sequenceMax),
      ),
    );
}

/** Writes the parameters of the request. */
export function exportParameters(options: ExportOptions): URLSearchParams {
  const parameters = {
    format: options.format === 'pack' ? undefined : options.format,
    correlation_id: options.correlation,
    event_type: options.type,
    event_category: options.category,
    event_outcome: options.outcome,
    severity: options.severity,
    since: options.since,
    until: options.until,
    from_sequence: options.fromSequence,
    to_sequence: options.toSequence,
    disclosures: options.disclosures ? 'included' : undefined,
  };
  const given = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  return new URLSearchParams(given);
}

/** The option that asks for the values of personal data. */
export function disclosuresOption(): Option {
  return new Option('--disclosures', 'with the values of personal data, which are withheld otherwise');
}

/** Whether every record of a stretch of the log was asked for. */
export function isUnfiltered(options: ExportOptions): boolean {
  const { correlation, type, category, outcome, severity, since, until } = options;
  return [correlation, type, category, outcome, severity, since, until].every((value) => value === undefined);
}

// An empty text would choose everything where one forgot to fill in a variable.
function filterOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((text) => {
    if (text !== '') return text;
    throw new InvalidArgumentError('Expected a text that is not empty.');
  });
}
