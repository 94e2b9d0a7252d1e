import { AnswerError } from './ask-server.ts';
import { archive } from './outsiders/archive.ts';
import { askedWitness } from './outsiders/asked-witness.ts';
import { chainVerification } from './outsiders/chain-verification.ts';
import { comparison } from './outsiders/comparison.ts';
import { packs } from './outsiders/packs.ts';
import { rememberedCheckpoints } from './outsiders/remembered-checkpoints.ts';
import { rememberedHashes } from './outsiders/remembered-hashes.ts';
import type { Evidence, Finding, Outsider, Scene } from './outsiders/scene.ts';
import { startCheck } from './outsiders/start-check.ts';
import { wholeExport } from './outsiders/whole-export.ts';

const outsiders = {
  export: wholeExport,
  hashes: rememberedHashes,
  archive,
  checkpoints: rememberedCheckpoints,
  pack: packs,
  chain: chainVerification,
  comparison,
} as const satisfies Record<string, Outsider>;

/** Who may find a tampering. */
export type OutsiderName = 'start' | 'witness' | keyof typeof outsiders;

/** All of them. The next server and the witness always look. */
export const outsiderNames: readonly OutsiderName[] = [
  'start',
  'witness',
  'export',
  'hashes',
  'archive',
  'checkpoints',
  'pack',
  'chain',
  'comparison',
];

/** What each outsider found; those who found nothing are left out. */
export type Findings = { readonly [Name in OutsiderName]?: string };

/** Has outsiders look at a log. */
export async function examine(scene: Scene, asked: readonly string[]): Promise<Findings> {
  const { server } = scene;
  const start = await startCheck(scene);
  const witnessed = await answerOf(() => server.text('/checkpoint/witnessed'));
  const exported = await answerOf(() => server.text('/api/v1/audit/export'));
  // The export is a record of the log itself: the witness is asked behind it.
  const witness = 'answer' in witnessed ? witnessed.answer : await askedWitness(scene, witnessed.value);
  const evidence = evidenceOf(exported, await answerOf(() => server.text('/checkpoint')));
  const findings: [string, Finding][] = [
    ['start', start],
    ['witness', witness],
  ];
  const looking = Object.entries(outsiders).filter(([name]) => asked.includes(name));
  for (const [name, outsider] of looking) {
    findings.push([name, await answered(() => outsider(scene, evidence))]);
  }
  return Object.fromEntries(findings.filter(([, finding]) => finding !== undefined));
}

function evidenceOf(exported: Answer<string>, shown: Answer<string>): Evidence {
  const checkpoint = 'answer' in shown ? '' : shown.value;
  return 'answer' in exported
    ? { text: '', checkpoint, refusal: exported.answer }
    : { text: exported.value, checkpoint };
}

async function answered(look: () => Promise<Finding>): Promise<Finding> {
  const found = await answerOf(look);
  return 'answer' in found ? found.answer : found.value;
}

/** What comes back, or what the server says instead. */
type Answer<Value> = { readonly value: Value } | { readonly answer: string };

async function answerOf<Value>(ask: () => Promise<Value>): Promise<Answer<Value>> {
  try {
    return { value: await ask() };
  } catch (error) {
    if (error instanceof AnswerError) return { answer: error.answer };
    throw error;
  }
}
