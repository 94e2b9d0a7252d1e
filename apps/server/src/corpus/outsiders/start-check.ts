import { StartRefusedError } from '../../start-refused-error.ts';
import { EvidenceError } from '../../tree/evidence-error.ts';
import { openServer } from '../open-server.ts';
import type { Finding, Scene } from './scene.ts';

/** Starts another server on the log: with 3 it says that the store was tampered with, with 4 that it cannot run on it. */
export async function startCheck({ log }: Scene): Promise<Finding> {
  try {
    const server = await openServer(log.database);
    await server.close();
    return undefined;
  } catch (error) {
    if (error instanceof EvidenceError) return 'exit 3';
    if (error instanceof StartRefusedError) return 'exit 4';
    throw error;
  }
}
