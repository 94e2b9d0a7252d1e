import { startWitness, type Witness as WitnessServer } from '@audit/test-witness';
import { onTestFinished } from 'vitest';
import { parseWitness, type Witness } from '../witness/parse-witness.ts';

/** A witness that listens, and as the service knows it. */
export interface TestWitness extends WitnessServer {
  readonly witness: Witness;
}

/** Starts a witness for the running test. */
export async function startTestWitness(logKey: () => string): Promise<TestWitness> {
  const witness = await openTestWitness(logKey);
  onTestFinished(witness.close);
  return witness;
}

/** Starts a witness that whoever starts it closes. */
export async function openTestWitness(logKey: () => string): Promise<TestWitness> {
  const server = await startWitness(logKey);
  const witness = parseWitness(`url=${server.url},key=${server.key}`);
  if (witness === undefined) throw new Error('the witness is not written as one');
  return Object.assign(server, { witness });
}
