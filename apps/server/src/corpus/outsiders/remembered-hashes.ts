import { LogVerifier } from '@audit/integrity';
import { hashOfLine } from '../sample-log.ts';
import { type Evidence, type Finding, findingAt, type Scene } from './scene.ts';

/** Compares an export with the hashes kept from before, 32 bytes a record, as the tiles of the log have them. */
export async function rememberedHashes(
  { log: { hashes } }: Scene,
  { text, refusal }: Evidence,
): Promise<Finding> {
  if (refusal !== undefined) return undefined;
  const lines = text.split('\n').slice(0, -1);
  const verifier = new LogVerifier({ logId: 'default' });
  for (const [sequence, line] of lines.entries()) {
    const kept = hashes[sequence];
    const failure = line.startsWith('#purged ') ? verifier.push(`${line}\n`) : verifier.add(line, kept);
    if (failure !== undefined) return findingAt(failure.code, failure.sequence);
    if (kept !== undefined && hashOfLine(line) !== kept) return findingAt('record_changed', sequence);
  }
  return lines.length < hashes.length ? findingAt('records_missing', lines.length) : undefined;
}
