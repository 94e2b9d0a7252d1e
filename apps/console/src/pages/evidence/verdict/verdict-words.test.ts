import type { ExportReport } from '@audit/integrity';
import { expect, it } from 'vitest';
import { notShown, placeOf, verdictWords } from './verdict-words.ts';

const report: ExportReport = {
  verdict: 'proven',
  checks: [],
  records: 1_234,
  purged: 0,
  disclosures: 0,
  correlations: 3,
  unlinked: 0,
};

it('has words for each verdict', () => {
  const words = (['proven', 'consistent_unwitnessed', 'cannot_check', 'broken'] as const).map((verdict) => {
    const { heading, tone } = verdictWords({
      subject: 'log',
      report: { ...report, verdict },
      isTrusted: true,
    });
    return [tone, heading];
  });
  expect(words).toEqual([
    ['proven', 'Proven'],
    ['consistent', 'Consistent, but unwitnessed'],
    ['unknown', 'Cannot be proven'],
    ['broken', 'Broken'],
  ]);
});

it('says plainly that the keys come from the server or the pack itself', () => {
  const unproven = { ...report, verdict: 'cannot_check' } as const;
  const meanings = (['log', 'pack'] as const).map(
    (subject) => verdictWords({ subject, report: unproven, isTrusted: false }).meaning,
  );
  expect(meanings[0]).toMatch(/^All 1,234 records .* the keys come from the server itself: /);
  expect(meanings[1]).toMatch(/^The 1,234 records .* the keys come from the pack itself: /);
});

it('says where it is broken, as far as that is known', () => {
  const failure = { code: 'chain_broken', message: 'record 33 does not follow' } as const;
  const broken = { ...report, verdict: 'broken', failure } as const;
  expect(verdictWords({ subject: 'log', report: broken, isTrusted: false }).meaning).toBe(
    'record 33 does not follow',
  );
  expect(placeOf({ ...failure, line: 1_038, sequence: 33 })).toBe('line 1,038, record 33');
  expect(placeOf(failure)).toBeUndefined();
});

it('says what is not shown', () => {
  expect(notShown({ subject: 'log', report, isTrusted: true })).toEqual([
    'That what the records say is true: only that it is what the log holds.',
  ]);
  const unproven = { ...report, verdict: 'cannot_check', purged: 2 } as const;
  expect(notShown({ subject: 'log', report: unproven, isTrusted: false })).toHaveLength(4);
});
