import { StartRefusedError } from '../start-refused-error.ts';

/** What is stored contradicts what was signed: somebody changed it, or an old copy of it was restored. */
export class EvidenceError extends StartRefusedError {
  override readonly name = 'EvidenceError';
}
