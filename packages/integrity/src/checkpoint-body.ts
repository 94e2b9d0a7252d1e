import { base64OfBytes, safeBytesOfBase64 } from './base64.ts';
import { hashBytes } from './hashing.ts';
import { bytesOfHex, hexOfBytes, isHash } from './hex.ts';
import { IntegrityError } from './integrity-error.ts';
import { isTreeSize } from './subtrees.ts';

/** What a log states in a checkpoint (C2SP tlog-checkpoint, "Note text"). */
export interface Checkpoint {
  /** Name of the log. */
  readonly origin: string;
  /** Number of leaves. */
  readonly size: number;
  /** Lower-case hex here, Base 64 in the note. */
  readonly root: string;
  /** Further lines, which witnesses do not vouch for. */
  readonly extensions: readonly string[];
}

/** Writes the text of a checkpoint, which is then signed. */
export function formatCheckpointBody(
  checkpoint: Pick<Checkpoint, 'origin' | 'size' | 'root'> & Partial<Checkpoint>,
): string {
  const { origin, size, root, extensions = [] } = checkpoint;
  if (!isTreeSize(size) || !isHash(root))
    throw new IntegrityError('out_of_range', 'no tree has this size or root');
  if (![origin, ...extensions].every((line) => line !== '' && !line.includes('\n'))) {
    throw new IntegrityError('malformed', 'a line of a checkpoint is not empty and has no newline');
  }
  return [origin, String(size), base64OfBytes(bytesOfHex(root)), ...extensions, ''].join('\n');
}

/** Reads the text of a checkpoint, strictly; undefined for anything else. */
export function safeParseCheckpointBody(text: string): Checkpoint | undefined {
  const lines = text.split('\n');
  const [origin = '', size = '', root = '', ...rest] = lines;
  const end = rest.pop();
  const bytes = safeBytesOfBase64(root);
  if (origin === '' || end !== '' || rest.includes('') || bytes?.length !== hashBytes) return undefined;
  if (!/^(?:0|[1-9]\d{0,15})$/.test(size) || !isTreeSize(Number(size))) return undefined;
  return { origin, size: Number(size), root: hexOfBytes(bytes), extensions: rest };
}
