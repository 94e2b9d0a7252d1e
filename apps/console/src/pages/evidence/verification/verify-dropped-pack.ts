import { ListedRecords, verifyPack } from '@audit/integrity';
import { piecesOf } from './ask-server.ts';
import type { JobProgress, PackJob, PackResult } from './messages.ts';
import { ProgressMeter } from './progress-meter.ts';

/** What {@link verifyDroppedPack} is told by and tells. */
export interface VerifyPackSettings {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Verifies an evidence pack from its bytes alone. */
export async function verifyDroppedPack(
  { file, recordsMax, trust }: PackJob,
  { onProgress, signal }: VerifyPackSettings,
): Promise<PackResult> {
  const isTrusted = trust.keys.length > 0;
  const listed = new ListedRecords(recordsMax);
  const meter = new ProgressMeter(file.size, onProgress);
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    for await (const piece of piecesOf(file.stream())) {
      signal.throwIfAborted();
      listed.push(piece);
      yield piece;
      bytes += piece.length;
      meter.add(bytes, piece.length);
    }
  }
  const report = await verifyPack(pieces(), isTrusted ? { trust } : {});
  return { kind: 'pack', report, isTrusted, records: listed.found };
}
