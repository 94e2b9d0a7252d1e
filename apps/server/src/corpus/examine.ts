import { AnswerError } from './ask-server.ts';
import { askedWitness } from './outsiders/asked-witness.ts';
import { chainVerification } from './outsiders/chain-verification.ts';
import { comparison } from './outsiders/comparison.ts';
import { rememberedCheckpoints } from './outsiders/remembered-checkpoints.ts';
import { rememberedHashes } from './outsiders/remembered-hashes.ts';
import type { Evidence, Finding, Outsider, Scene } from './outsiders/scene.ts';
import { startCheck } from './outsiders/start-check.ts';
import { wholeExport } from './outsiders/whole-export.ts';

export const outsiders = {
  start: startCheck,
  export: wholeExport,
  hashes: rememberedHashes,
  checkpoints: rememberedCheckpoints,
  witness: askedWitness,
  chain: chainVerification,
  comparison,
} as const satisfies Record<string, Outsider>;

/** Who may find a tampering. */
export type OutsiderName = keyof typeof outsiders;

/** What each outsider found; those who found nothing are left out. */
export type Findings = { readonly [Name in OutsiderName]?: string };

/** Has every outsider look at a log. */
export async function examine(scene: Scene): Promise<Findings> {
  const start = await startCheck(scene);
  const evidence = await collect(scene);
  const findings: [string, Finding][] = [['start', start]];
  for (const [name, outsider] of Object.entries(outsiders)) {
    if (name !== 'start') findings.push([name, await answered(() => outsider(scene, evidence))]);
  }
  return Object.fromEntries(findings.filter(([, finding]) => finding !== undefined));
}

async function collect({ server }: Scene): Promise<Evidence> {
  const text = await server.text('/api/v1/audit/export');
  // A server without a checkpoint to show has none.
  const checkpoint = await server.text('/checkpoint').catch(() => '');
  return { text, checkpoint };
}

async function answered(look: () => Promise<Finding>): Promise<Finding> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof AnswerError) return error.answer;
    throw error;
  }
}
