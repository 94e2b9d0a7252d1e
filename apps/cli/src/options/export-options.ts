import { type Command, Option } from 'commander';
import { addTimeOptions, filterOption, outcomeOption, toParameters } from './filter-options.ts';
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
    addTimeOptions(
      command
        .addOption(
          new Option('--format <format>', 'exact records, rows for a spreadsheet, or an evidence pack')
            .choices(['jsonl', 'csv', 'pack'])
            .default('jsonl'),
        )
        .addOption(filterOption('--correlation <id>', 'records of this correlation'))
        .addOption(filterOption('--type <type>', 'records of this event type'))
        .addOption(filterOption('--category <category>', 'records of this event category'))
        .addOption(outcomeOption('records with this outcome'))
        .addOption(filterOption('--severity <severity>', 'records with this severity')),
    ).addOption(disclosuresOption()),
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
  return toParameters({
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
  });
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
