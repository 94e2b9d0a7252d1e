import type { TreeSigner } from '../tree/tree-signer.ts';
import { LogView, type StoredLog } from './log-view.ts';

/**
 * Opens a view of a log as the database has it, if its tree is the one that was signed: the next checkpoint is signed over
 * this tree, and must not make somebody else's forgery the log's own.
 * @throws {EvidenceError} when it is not
 */
export async function openView(stored: StoredLog, signer: TreeSigner): Promise<LogView> {
  const view = new LogView(stored);
  await signer.recognise(view.tree(), stored.checkpoint);
  return view;
}
