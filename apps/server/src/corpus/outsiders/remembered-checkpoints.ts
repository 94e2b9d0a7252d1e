import { verifyCheckpoint, verifyConsistency } from '@audit/integrity';
import type { ConsistencyProof } from '@audit/schema';
import { AnswerError } from '../ask-server.ts';
import { type Evidence, type Finding, findingAt, type Scene } from './scene.ts';

/** Demands that the log has only grown since each checkpoint that was remembered, as the command line does. */
export async function rememberedCheckpoints(
  { log: { checkpoints, trust }, server }: Scene,
  { checkpoint: note }: Evidence,
): Promise<Finding> {
  const newest = await verifyCheckpoint(note, trust);
  if (newest.failure !== undefined || newest.checkpoint === undefined) return newest.failure?.code;
  const { size, root } = newest.checkpoint;
  const findings = checkpoints.map(async (remembered) => {
    const { checkpoint: old } = await verifyCheckpoint(remembered, trust);
    if (old === undefined) throw new Error('what is remembered is no checkpoint');
    if (old.size > size) return findingAt('size_decreased', size);
    const path = await proofOfGrowth(server, old.size, size);
    const { failure } = verifyConsistency({ oldSize: old.size, oldRoot: old.root, size, root }, path);
    return failure === undefined ? undefined : `${failure.code} up to ${old.size}`;
  });
  return (await Promise.all(findings)).find((finding) => finding !== undefined);
}

async function proofOfGrowth(server: Scene['server'], from: number, to: number): Promise<readonly string[]> {
  try {
    const path = `/api/v1/audit/proofs/consistency?from=${from}&to=${to}`;
    // The routes are checked against the contract by their own tests.
    return ((await server.json(path)) as ConsistencyProof).consistency_path;
  } catch (error) {
    // Whoever has no proof has not proven it.
    if (error instanceof AnswerError) return [];
    throw error;
  }
}
