import { defaultParseSearch, defaultStringifySearch } from '@tanstack/react-router';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeFilters, countFilters, readFilters, type SearchFilters } from './search-filters.ts';

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });

const filters: fc.Arbitrary<SearchFilters> = fc
  .record(
    {
      correlation_id: text,
      event_id: fc.uuid(),
      event_type: text,
      event_category: text,
      event_outcome: fc.constantFrom('success', 'failure', 'pending'),
      severity: text,
      actor_id: text,
      resource_id: text,
      namespace: text,
      cluster_name: text,
      since: text,
      until: text,
      detail: fc.record({ detail_key: fc.stringMatching(/^[A-Za-z0-9_]{1,20}$/), detail_value: text }),
    },
    { requiredKeys: [] },
  )
  .map(({ detail, ...rest }) => ({ ...rest, ...detail }));

it('any filters are read back from their address', () => {
  fc.assert(
    fc.property(filters, (given) => {
      expect(readFilters(defaultParseSearch(defaultStringifySearch(given)))).toEqual(given);
    }),
  );
});

it('whatever an address says, only filters come of it', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('event_id', 'since', 'event_outcome', 'x'), fc.jsonValue()),
      (any) => {
        const read = readFilters(any);
        expect(readFilters(read)).toEqual(read);
        expect(Object.values(read).every((value) => typeof value === 'string' && value !== '')).toBe(true);
      },
    ),
  );
});

it('leaves out what cannot be asked for', () => {
  expect(
    readFilters({
      event_id: 'x',
      event_outcome: 'good',
      severity: '',
      detail_key: 'a',
      limit: 7,
      namespace: 7,
    }),
  ).toEqual({ namespace: '7' });
});

it('changes and counts conditions', () => {
  const given = readFilters({ namespace: 'shop', detail_key: 'alert_name', detail_value: 'HighErrorRate' });
  expect(countFilters(given)).toBe(2);
  expect(changeFilters(given, { detail_value: undefined, since: '1h' })).toEqual({
    namespace: 'shop',
    since: '1h',
  });
});
