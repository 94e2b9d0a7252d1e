import { expect, it } from 'vitest';
import { shellQuote } from '../../../format/shell-quote.ts';
import { emptyDraft, packCommand, packFaults, packFileName, packQuery } from './pack-draft.ts';

const url = 'http://audit.test';
const uuid = '019bbbad-4606-7c83-8695-a8e7c7176213';
const drafts = {
  correlation: { ...emptyDraft, correlation: 'rr-1', withDisclosures: true },
  range: { ...emptyDraft, population: 'range', from: '10', to: '19', correlation: 'rr-1' },
  event: { ...emptyDraft, population: 'event', event: uuid },
  sample: { ...emptyDraft, population: 'sample', seed: 'audit of 2026', size: '5' },
  filter: { ...emptyDraft, population: 'filter', category: 'gateway', outcome: 'failure', since: '7d' },
} as const;

it('asks for what the population is chosen by, and nothing that was filled in for another', () => {
  expect(Object.values(drafts).map((draft) => packQuery(draft, 100))).toEqual([
    { correlation_id: 'rr-1', disclosures: 'included' },
    { from_sequence: 10, to_sequence: 19 },
    { event_id: uuid },
    { seed: 'audit of 2026', sample_size: 5, from_sequence: 0, to_sequence: 99 },
    { event_category: 'gateway', event_outcome: 'failure', since: '7d' },
  ]);
});

it('tells the command that does the same', () => {
  expect(
    Object.values(drafts).map((draft) => packCommand(draft, 100, url).map(shellQuote).join(' ')),
  ).toEqual([
    `audit export --format pack --correlation rr-1 --disclosures --url ${url} --output rr-1.pack`,
    `audit export --format pack --from-sequence 10 --to-sequence 19 --url ${url} --output range.pack`,
    `audit prove ${uuid} --url ${url} --output ${uuid}.pack`,
    `audit sample --size 5 --seed 'audit of 2026' --from-sequence 0 --to-sequence 99 --url ${url} --output sample.pack`,
    `audit export --format pack --category gateway --outcome failure --since 7d --url ${url} --output filter.pack`,
  ]);
});

it('says what is wrong before it asks', () => {
  expect(packFaults(emptyDraft, 100)).toEqual({ correlation: 'Which correlation?' });
  expect(Object.keys(packFaults({ ...drafts.range, from: '20' }, 100))).toEqual(['to']);
  expect(Object.keys(packFaults({ ...drafts.range, to: '100' }, 100))).toEqual(['to']);
  expect(Object.keys(packFaults({ ...drafts.range, from: '-1' }, 100))).toEqual(['from']);
  expect(packFaults({ ...drafts.sample, size: '101' }, 100)).toEqual({
    size: 'A whole number from 1 to 100.',
  });
  expect(Object.keys(packFaults({ ...drafts.event, event: 'rr-1' }, 100))).toEqual(['event']);
  expect(Object.values(drafts).map((draft) => packFaults(draft, 100))).toEqual([{}, {}, {}, {}, {}]);
});

it('names files harmlessly', () => {
  expect(packFileName({ ...emptyDraft, correlation: '../../etc/passwd' })).toBe('.._.._etc_passwd.pack');
  expect(packFileName(emptyDraft)).toBe('evidence.pack');
});
