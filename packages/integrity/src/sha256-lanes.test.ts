import { afterEach, expect, it, vi } from 'vitest';
import { createNodeLanes } from './sha256-lanes.ts';
import { allocate, reduceNodes } from './sha256-node.ts';
import * as web from './sha256-web.ts';

afterEach(() => vi.restoreAllMocks());

it('an engine or a policy that forbids WebAssembly is no fault: hashing goes the other way', () => {
  // The compiler knows WebAssembly with the types of browsers only.
  const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: { Module: () => object } };
  vi.spyOn(engine, 'Module').mockImplementation(() => {
    throw new EvalError('refused by the content security policy');
  });
  expect(createNodeLanes()).toBeUndefined();
  const nodes = allocate(16 * 32);
  nodes.fill(7);
  const other = new Uint8Array(nodes);
  reduceNodes(nodes, 16);
  web.reduceNodes(other, 16);
  expect([...nodes.subarray(0, 32)]).toEqual([...other.subarray(0, 32)]);
});
