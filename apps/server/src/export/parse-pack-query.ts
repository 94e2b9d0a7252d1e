import { type EventIssue, eventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';
import { filterNames, readFilter } from '../query/read-filter.ts';
import { disclosureChoices } from './export-query.ts';
import type { PackQuery, PackSelection } from './pack-query.ts';
import { boundNames, readBounds } from './read-bounds.ts';

/** A query, or every fault found in the parameters. */
export type ParsedPackQuery =
  | { readonly success: true; readonly query: PackQuery }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const sampleNames = ['seed', 'sample_size'];
// Here the id of an event chooses a population of its own.
const filters = filterNames.filter((name) => name !== 'event_id');
const known = new Set([...filters, ...boundNames, ...sampleNames, 'event_id', 'disclosures']);
const seedCharactersMax = 255;
const sampleSizeMax = 10_000;

/** Reads the parameters of `GET /api/v1/audit/evidence-pack`. */
export function parsePackQuery(parameters: URLSearchParams, now: number): ParsedPackQuery {
  const reader = new ParameterReader(parameters, known);
  const disclosures = reader.oneOf('disclosures', disclosureChoices) ?? 'withheld';
  const selection = readSelection(reader, now);
  const issues = [...reader.issues, ...combinationIssues(parameters)];
  return issues.length === 0
    ? { success: true, query: { selection, disclosures } }
    : { success: false, issues };
}

function readSelection(reader: ParameterReader, now: number): PackSelection {
  const filter = readFilter(reader, now);
  const bounds = readBounds(reader);
  const { event_id: eventId } = filter.equals;
  const seed = reader.text('seed', seedCharactersMax);
  const size = reader.integer('sample_size', 1, sampleSizeMax);
  if (eventId !== undefined) return { kind: 'event', eventId };
  if (seed !== undefined && size !== undefined) return { kind: 'sample', bounds, seed, size };
  return { kind: 'records', bounds, filter };
}

/** What is wrong with parameters that are each right: one event has no filter, a sample is of a stretch. */
function combinationIssues(parameters: URLSearchParams): EventIssue[] {
  const given = (names: readonly string[]) => names.filter((name) => parameters.has(name));
  if (parameters.has('event_id')) {
    return given([...filters, ...boundNames, ...sampleNames]).map((name) => surplus(name, 'event_id'));
  }
  const sample = given(sampleNames);
  if (sample.length === 0) return [];
  return [
    ...sampleNames.filter((name) => !parameters.has(name)).map(missing),
    ...given(filters).map((name) => surplus(name, sample.join(' and '))),
  ];
}

function surplus(name: string, other: string): EventIssue {
  const received = JSON.stringify(name);
  return eventIssue({
    code: 'wrong_value',
    pointer: `/${name}`,
    expected: `not to be given with ${other}`,
    received,
  });
}

function missing(name: string): EventIssue {
  const expected = 'seed and sample_size together';
  return eventIssue({ code: 'missing', pointer: `/${name}`, expected, received: 'nothing' });
}
