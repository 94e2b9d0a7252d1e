import { expect, it } from 'vitest';
import { readOperationRules, routeKey } from './operation-rules.ts';

it('every operation of the contract says who may call it', () => {
  const open = [...readOperationRules().values()].filter(({ mayCall }) => mayCall === 'everybody');
  expect(open.map(({ operation }) => operation).toSorted()).toEqual([
    'getApiReference',
    'getCheckpoint',
    'getConsole',
    'getHealth',
    'getMetrics',
    'getOpenApiDocument',
    'getReadiness',
    'getTile',
    'getWitnessedCheckpoint',
    'listLogKeys',
    'proveConsistency',
  ]);
});

it('a route of the router has the name of its path in the contract', () => {
  expect(routeKey('get', '/tile/{level}/{index}')).toBe(routeKey('GET', '/tile/:level/*'));
  expect(routeKey('get', '/tile/entries/{index}')).not.toBe(routeKey('GET', '/tile/:level/*'));
});
