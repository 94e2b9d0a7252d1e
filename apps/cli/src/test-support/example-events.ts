import { readdirSync, readFileSync } from 'node:fs';
import { contractCatalogue } from '@audit/schema';
import { expect } from 'vitest';

const examples = new URL('../../../../specs/examples/', import.meta.url);

/** Stores the examples of the contract, which tell of remediations, and returns how many there are. */
export async function storeExamples(url: string): Promise<number> {
  const events = readdirSync(examples)
    .filter((file) => file.endsWith('.valid.json'))
    .filter((file) => !isOfServer(file.slice(0, -'.valid.json'.length)))
    .map((file) => readFileSync(new URL(file, examples), 'utf8'));
  const response = await fetch(`${url}/api/v1/audit/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `[${events.join(',')}]`,
  });
  expect(response.status).toBe(201);
  return events.length;
}

/** The remediation of the examples that succeeds, and the one that fails. */
export const exampleRemediations = {
  succeeded: 'rr-3f9ab2c41d07-5e8c1a7b',
  failed: 'rr-3f9ab2c41d07-2b7d90ce',
} as const;

function isOfServer(type: string): boolean {
  return contractCatalogue.find(type)?.definition.emittedBy === 'server';
}
