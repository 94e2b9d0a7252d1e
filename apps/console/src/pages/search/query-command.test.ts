import { expect, it } from 'vitest';
import { filterNames, readFilters } from '../../api/search-filters.ts';
import { filterWords } from './filter-words.ts';
import { queryCommand } from './query-command.ts';

const id = '019bbbad-4606-7c83-8695-a8e7c7176213';
const every = readFilters({
  ...Object.fromEntries(filterNames.map((name) => [name, `-${name}`])),
  event_id: id,
  event_outcome: 'failure',
  detail_key: 'alert_name',
  detail_value: 'Disk is full',
  since: '1h30m',
});

it('asks in a terminal for everything that the page asks for', () => {
  expect(queryCommand(every)).toEqual([
    'audit',
    'query',
    '--correlation=-correlation_id',
    `--event=${id}`,
    '--type=-event_type',
    '--category=-event_category',
    '--outcome=failure',
    '--severity=-severity',
    '--actor=-actor_id',
    '--resource=-resource_id',
    '--namespace=-namespace',
    '--cluster=-cluster_name',
    '--since=1h30m',
    '--until=-until',
    '--detail=alert_name=Disk is full',
  ]);
  expect(queryCommand({})).toEqual(['audit', 'query']);
});

it('says every condition once', () => {
  const words = filterWords(every);
  expect(words.flatMap(({ names }) => names).toSorted()).toEqual([...filterNames].toSorted());
  expect(words.map(({ label, text }) => `${label} ${text}`)).toContain('in the last 1h30m');
  expect(words.at(-1)).toEqual({
    names: ['detail_key', 'detail_value'],
    label: 'alert',
    text: 'Disk is full',
  });
});
