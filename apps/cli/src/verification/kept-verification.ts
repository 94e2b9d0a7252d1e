import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { LogVerifierState } from '@audit/integrity';
import { LineCollector } from '../exports/line-collector.ts';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { logDirectory } from './remembered-checkpoints.ts';

/** How far the verification of a log got. */
export interface KeptVerification {
  /** Key of the log. */
  readonly key: string;
  /** Signed checkpoint that it worked towards. */
  readonly checkpoint: string;
  readonly state: LogVerifierState;
}

/** What was found where a verification could have been kept. */
export type FoundVerification =
  | { readonly status: 'found'; readonly kept: KeptVerification }
  | { readonly status: 'none' }
  | { readonly status: 'damaged' }
  | { readonly status: 'of_another_key' };

const format = 'audit-verification/1';
const pieceCharsMax = 65_536;

/**
 * Keeps how far a verification got, whole or not at all. JSON Lines: what there is one of, then each correlation with its
 * last hash, then each hash of a purged record; the last line is the SHA-256 of the lines before it.
 */
export async function keepVerification(stateDirectory: string, kept: KeptVerification): Promise<void> {
  const file = verificationFile(stateDirectory, kept.key);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFileWhole(file, piecesOf(kept));
}

/** Looks for a verification of a log that did not come to its end. */
export async function findVerification(stateDirectory: string, key: string): Promise<FoundVerification> {
  const file = verificationFile(stateDirectory, key);
  if (!existsSync(file)) return { status: 'none' };
  const kept = await readKept(file);
  if (kept === undefined) return { status: 'damaged' };
  return kept.key === key ? { status: 'found', kept } : { status: 'of_another_key' };
}

/** Forgets how far a verification got. */
export async function dropVerification(stateDirectory: string, key: string): Promise<void> {
  await rm(verificationFile(stateDirectory, key), { force: true });
}

/** File that keeps how far the verification of a log got. */
export function verificationFile(stateDirectory: string, key: string): string {
  return join(logDirectory(stateDirectory, key), 'verification');
}

function* piecesOf(kept: KeptVerification): Generator<Uint8Array> {
  const digest = createHash('sha256');
  let text = '';
  for (const line of linesOf(kept)) {
    text += `${line}\n`;
    if (text.length < pieceCharsMax) continue;
    digest.update(text);
    yield Buffer.from(text);
    text = '';
  }
  digest.update(text);
  yield Buffer.from(`${text}${digest.digest('hex')}\n`);
}

function* linesOf({ checkpoint, key, state }: KeptVerification): Generator<string> {
  const { heads, purgedHashes, ...rest } = state;
  yield JSON.stringify({ format, key, checkpoint, state: rest });
  for (const head of heads) yield JSON.stringify(head);
  for (const hash of purgedHashes) yield JSON.stringify(hash);
}

async function readKept(file: string): Promise<KeptVerification | undefined> {
  const lines: string[] = [];
  const collector = new LineCollector((line) => lines.push(line));
  for await (const piece of createReadStream(file)) collector.push(piece);
  const written = lines.pop();
  const digest = createHash('sha256');
  for (const line of lines) digest.update(`${line}\n`);
  return written === digest.digest('hex') ? toKept(lines) : undefined;
}

// The digest says that these are the lines as they were written, so they have the form of this version.
function toKept([first = '{}', ...entries]: readonly string[]): KeptVerification | undefined {
  const kept = JSON.parse(first) as { readonly format: string } & KeptVerification;
  if (kept.format !== format) return undefined;
  const parsed = entries.map((line) => JSON.parse(line) as string | readonly [string, string]);
  const state = {
    ...kept.state,
    heads: parsed.filter((entry) => typeof entry !== 'string'),
    purgedHashes: parsed.filter((entry) => typeof entry === 'string'),
  };
  return { key: kept.key, checkpoint: kept.checkpoint, state };
}
