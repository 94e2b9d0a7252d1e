import { expect, it } from 'vitest';
import { accessWords } from './access-words.ts';

it('says who did what with the records', () => {
  const exported = {
    event_type: 'datastorage.records.exported',
    format: 'pack',
    population: 'correlation',
    disclosures: 'included',
  } as const;
  const read = {
    event_type: 'datastorage.records.read',
    operation: 'queryAuditEvents',
    requests: 1,
    records: 1_200,
    first_at: '2026-01-15T00:00:00Z',
    last_at: '2026-01-15T00:00:00Z',
  } as const;
  expect(
    [exported, { ...exported, disclosures: 'withheld' } as const, read].map((data) =>
      accessWords({ event_data: data }),
    ),
  ).toEqual([
    { kind: 'exported', what: 'a trail as pack, with personal data' },
    { kind: 'exported', what: 'a trail as pack' },
    { kind: 'read', what: '1,200 records in 1 request' },
  ]);
});

it('is silent about what is no access', () => {
  const data = { event_type: 'datastorage.legal_hold.placed', reason: 'case 1' } as const;
  expect(accessWords({ event_data: data })).toBeUndefined();
});
