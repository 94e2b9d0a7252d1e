import type { Population } from '@audit/integrity';
import { expect, it } from 'vitest';
import { checkAnswer } from './is-asked-for.ts';
import type { PackQuery } from './pack-draft.ts';

const sample = { seed: 'x', sample_size: 2, from_sequence: 0, to_sequence: 9 };
const drawn: Population = { kind: 'sample', seed: 'x', size: 2, begin: 0, end: 10 };
const record = { sequence: 4, event_id: 'e', is_purged: false };

const outcomeOf = (query: PackQuery, population: Population) =>
  checkAnswer(query, population, [record]).checks[0]?.outcome;

it('takes what was asked for', () => {
  expect(outcomeOf(sample, drawn)).toBe('holds');
  expect(outcomeOf({ correlation_id: 'rr' }, { kind: 'correlation', correlation_id: 'rr' })).toBe('holds');
  expect(outcomeOf({}, { kind: 'range', begin: 0, end: 7 })).toBe('holds');
  expect(outcomeOf({ event_id: 'e' }, { kind: 'range', begin: 4, end: 5 })).toBe('holds');
  expect(outcomeOf({ since: '7d' }, { kind: 'filter', begin: 0, end: 9, filter: {} })).toBe('holds');
});

it('refuses everything else, however well it is proven', () => {
  expect(outcomeOf({ ...sample, seed: 'y' }, drawn)).toBe('fails');
  expect(outcomeOf({ ...sample, to_sequence: 8 }, drawn)).toBe('fails');
  expect(outcomeOf(sample, { kind: 'range', begin: 0, end: 10 })).toBe('fails');
  expect(outcomeOf({ correlation_id: 'rr' }, { kind: 'correlation', correlation_id: 'other' })).toBe('fails');
  expect(outcomeOf({ correlation_id: 'rr' }, { kind: 'range', begin: 0, end: 7 })).toBe('fails');
  expect(outcomeOf({ event_id: 'other' }, { kind: 'range', begin: 4, end: 5 })).toBe('fails');
  expect(outcomeOf({ since: '7d' }, { kind: 'range', begin: 0, end: 9 })).toBe('fails');
  expect(outcomeOf({ to_sequence: 6 }, { kind: 'range', begin: 0, end: 6 })).toBe('fails');
});
