import { eventTitles } from '@audit/trail';
import { expect, it } from 'vitest';
import { describeEvents } from '../../../build/describe-events.ts';
import { readContract } from '../../../build/read-contract.ts';
import { findEvents } from './find-events.ts';

const reference = describeEvents(readContract());
const find = (text: string) => findEvents(reference, eventTitles, text);
const typesOf = (text: string) => find(text).map(({ event }) => event.type);

it('finds every event type without a word, in the order of the contract', () => {
  expect(typesOf(' ')).toEqual(reference.events.map(({ type }) => type));
});

it('finds by type, by title and by words of the sentence, in any order and case', () => {
  expect(typesOf('SIGNAL.received')[0]).toBe('gateway.signal.received');
  expect(typesOf('refused Approval')).toContain('orchestrator.approval.rejected');
  expect(typesOf('live repeat counter')).toEqual(['gateway.signal.deduplicated']);
});

it('finds by name and value of a member, and says by which', () => {
  const found = find('fingerprint hash repeats');
  expect(found.map(({ event }) => event.type)).toContain('gateway.crd.created');
  expect(found.find(({ event }) => event.type === 'gateway.crd.created')?.fields).toEqual(['fingerprint']);
  expect(typesOf('kubernetes-event')).toEqual(
    reference.events.filter(({ service }) => service === 'gateway').map(({ type }) => type),
  );
});

it('puts what has the words in its type first', () => {
  const found = find('approval');
  const places = found.map(({ event }) => event.type.includes('approval'));
  expect(places).toEqual(places.toSorted((a, b) => Number(b) - Number(a)));
});

it('finds nothing where nothing is', () => {
  expect(find('fingerprint zzz')).toEqual([]);
});
