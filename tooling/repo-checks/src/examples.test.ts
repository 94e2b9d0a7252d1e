import { eventsByService } from '@audit/schema';
import { expect, it } from 'vitest';
import { readText, repositoryFiles } from './repository.ts';

const folder = 'specs/examples/';
const types = Object.values(eventsByService).flatMap((table) => Object.values(table).map(({ type }) => type));

it('every event type has one valid and one invalid example, and nothing else has', () => {
  const files = repositoryFiles.filter((path) => path.startsWith(folder));
  const expected = types.flatMap((type) => [`${type}.invalid.json`, `${type}.valid.json`]);
  expect(files.map((path) => path.slice(folder.length)).toSorted()).toEqual(
    [...expected, 'invalid.expected.json'].toSorted(),
  );
});

it('the fault of every invalid example is written down', () => {
  const faults = JSON.parse(readText(`${folder}invalid.expected.json`));
  expect(Object.keys(faults).toSorted()).toEqual(types.toSorted());
});
