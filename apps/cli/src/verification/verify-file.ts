import { createReadStream, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { type RecordSelection, type Trust, verifyExport, verifyPack } from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import type { Finding } from './finding.ts';

/** How to verify an export; a pack says these things itself. */
export interface ExportClaim {
  /** Text of a signed checkpoint. */
  readonly checkpoint?: string;
  readonly selection: RecordSelection;
  readonly fromSequence?: number;
  /** Last position, itself included. */
  readonly toSequence?: number;
}

/** Settings of {@link verifyFile}. */
export interface VerifyFileSettings {
  readonly trust: Trust;
  readonly claim: ExportClaim;
  /** Sees every piece of the file before it is verified. */
  readonly onPiece: (piece: Uint8Array) => void;
}

/**
 * Verifies an evidence pack or an export in JSON Lines, whichever the file is.
 * @throws {CommandFailure} `usage` when there is no such file, or a pack is to be taken for a part of a log
 */
export async function verifyFile(file: string, settings: VerifyFileSettings): Promise<Finding> {
  const { trust, claim, onPiece } = settings;
  const isTrusted = trust.keys.length > 0;
  const beginning = await beginningOf(file);
  if (beginning.startsWith('#manifest ')) {
    requireNoClaim(claim);
    const report = await verifyPack(piecesOf(file, onPiece), { trust });
    return { subject: file, isTrusted, kind: 'pack', report };
  }
  if (beginning.startsWith('sequence,'))
    throw new CommandFailure('usage', `${file} is CSV, which proves nothing: export as jsonl to verify`);
  const { checkpoint, selection, fromSequence, toSequence } = claim;
  const report = await verifyExport(piecesOf(file, onPiece), {
    trust,
    selection,
    ...(checkpoint !== undefined && { checkpoint }),
    ...(fromSequence !== undefined && { first: fromSequence }),
    ...(toSequence !== undefined && { end: toSequence + 1 }),
  });
  return { subject: file, isTrusted, kind: 'export', report };
}

async function beginningOf(file: string): Promise<string> {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new CommandFailure('usage', `there is no file ${file}`);
  await using handle = await open(file);
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
  return buffer.subarray(0, bytesRead).toString('latin1');
}

function requireNoClaim({ checkpoint, selection, fromSequence, toSequence }: ExportClaim): void {
  if (selection === 'every' && [checkpoint, fromSequence, toSequence].every((value) => value === undefined))
    return;
  throw new CommandFailure(
    'usage',
    'an evidence pack brings its checkpoint and says which records it has: --checkpoint, --filtered and sequences are for exports',
  );
}

async function* piecesOf(file: string, onPiece: (piece: Uint8Array) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of createReadStream(file, { highWaterMark: 1_048_576 })) {
    onPiece(piece);
    yield piece;
  }
}
