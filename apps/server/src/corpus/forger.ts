import { importSigner, leafHash, MerkleFrontier, signCheckpoint } from '@audit/integrity';
import type { Database } from '../store/database.ts';
import { tamper } from '../test-support/tamper.ts';
import { frontierText } from '../tree/frontier-text.ts';

/** A record as it is stored. */
export interface StoredRecord {
  readonly sequence: number;
  readonly correlation: string;
  readonly hash: string;
  /** Null when it was purged. */
  readonly record: string | null;
}

/** Reads the records of the log as they are stored. */
export async function readRecords(database: Database): Promise<StoredRecord[]> {
  return database.query<StoredRecord & Record<string, unknown>>(
    `select sequence::integer as sequence, correlation_id as correlation, encode(event_hash, 'hex') as hash,
       record::text as record
     from audit.records where log_id = 'default' order by records.sequence`,
  );
}

/** Edits records and writes every chain anew, so that each record has its hash and names the one before it. */
export async function rewriteChains(
  database: Database,
  edit: (record: string, sequence: number) => string,
): Promise<void> {
  const heads = new Map<string, string>();
  const sequences: number[] = [];
  const texts: string[] = [];
  for (const { sequence, correlation, hash, record } of await readRecords(database)) {
    if (record === null) {
      heads.set(correlation, hash);
      continue;
    }
    const link = `"previous_event_hash":"${heads.get(correlation) ?? ''}"`;
    const text = edit(record, sequence).replace(/"previous_event_hash":"[0-9a-f]*"/, link);
    heads.set(correlation, leafHash(text));
    sequences.push(sequence);
    texts.push(text);
  }
  await database.transaction(async (transaction) => {
    await transaction.execute('set local session_replication_role = replica');
    const forge = (table: string, assignment: string) =>
      transaction.query(
        `update audit.${table} set ${assignment}
         from unnest($1::bigint[], $2::text[]) as forged (place, text)
         where log_id = 'default' and sequence = place`,
        [sequences, texts],
      );
    await forge('contents', 'record = text::json');
    await forge('leaves', "event_hash = sha256('\\x00'::bytea || convert_to(text, 'UTF8'))");
  });
}

/** Makes size, end, tree and tiles of the log those of the records that are stored; nothing is signed. */
export async function rebuildTree(database: Database): Promise<void> {
  const hashes = (await readRecords(database)).map(({ hash }) => hash);
  const tree = new MerkleFrontier();
  for (const hash of hashes) tree.append(hash);
  const tiles = Array.from({ length: Math.floor(hashes.length / 256) }, (_, index) => {
    const leaves = hashes.slice(index * 256, (index + 1) * 256);
    const root = new MerkleFrontier();
    for (const hash of leaves) root.append(hash);
    return `insert into audit.tiles values
      ('default', 0, ${index}, '\\x${leaves.join('')}'::bytea, '\\x${root.root()}'::bytea)`;
  });
  await tamper(
    database,
    `update audit.logs set size = ${hashes.length}, last_event_hash = '${hashes.at(-1) ?? ''}',
       frontier = '\\x${frontierText(tree)}' where log_id = 'default'`,
    `delete from audit.tiles where log_id = 'default'`,
    ...tiles,
  );
}

/** Signs the log as it is stored with whatever secret key there is. */
export async function signLog(
  database: Database,
  signerKey: string,
  origin = 'audit.local/default',
): Promise<void> {
  const tree = new MerkleFrontier();
  for (const { hash } of await readRecords(database)) tree.append(hash);
  const signer = await importSigner(signerKey);
  await putCheckpoint(
    database,
    await signCheckpoint({ origin, size: tree.size, root: tree.root() }, [signer]),
  );
}

/** Puts a note where the newest checkpoint is. */
export async function putCheckpoint(database: Database, note: string): Promise<void> {
  await tamper(
    database,
    `update audit.logs set checkpoint = '${note.replaceAll("'", "''")}' where log_id = 'default'`,
  );
}
