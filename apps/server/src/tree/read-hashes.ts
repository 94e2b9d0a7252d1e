import type { Queryable } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { EvidenceError } from './evidence-error.ts';

const readLeafHashes = readQuery('read-leaf-hashes');
const hexDigits = 64;

/**
 * Reads the stored hashes of records `begin` to `end - 1`, 32 bytes each.
 * @throws {EvidenceError} when a record is missing
 */
export async function readHashes(
  database: Queryable,
  logId: string,
  { begin, end }: { readonly begin: number; readonly end: number },
): Promise<Buffer> {
  const [row] = await database.query<{ hashes: string }>(readLeafHashes, [logId, begin, end]);
  const hashes = row?.hashes ?? '';
  const found = hashes.length / hexDigits;
  if (found === end - begin) return Buffer.from(hashes, 'hex');
  throw new EvidenceError(`log ${logId} has ${found} of the ${end - begin} records ${begin} to ${end - 1}`);
}
