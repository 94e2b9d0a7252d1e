import { readFileSync } from 'node:fs';
import { importSigner, MerkleFrontier, signCheckpoint } from '@audit/integrity';
import type { Database } from '../store/database.ts';
import { frontierText } from '../tree/frontier-text.ts';
import { sharedSigningKeyFile } from './signing-key.ts';

/** Puts records of a size into an empty log by few statements, all with the hash zero; events can be stored behind them. */
export async function fillLog(
  database: Database,
  { records, recordBytes }: { readonly records: number; readonly recordBytes: number },
): Promise<void> {
  await database.query(
    `insert into audit.leaves
     select 'default', position, gen_random_uuid(), 'rr-' || position % 100, decode(repeat('00', 32), 'hex')
     from generate_series(0, $1::integer - 1) as position`,
    [records],
  );
  await database.query(
    `insert into audit.contents (
       log_id, sequence, event_timestamp, received_at, event_type, event_category, event_action, event_outcome,
       actor_type, actor_id, resource_type, resource_id, record
     )
     select
       'default', position, now(), now(), 'type', 'category', 'action', 'success', 'service', 'actor', 'type', 'resource',
       ('{"sequence":' || position || ',"filling":"' || repeat('x', $2::integer) || '"}')::json
     from generate_series(0, $1::integer - 1) as position`,
    [records, recordBytes],
  );
  const frontier = new MerkleFrontier();
  frontier.appendBytes(new Uint8Array(32 * records));
  const signer = await importSigner(readFileSync(sharedSigningKeyFile(), 'utf8').trim());
  const { name: origin } = signer.verifier;
  const checkpoint = await signCheckpoint({ origin, size: records, root: frontier.root() }, [signer]);
  await database.query(
    "update audit.logs set size = $1::bigint, frontier = decode($2, 'hex'), checkpoint = $3",
    [records, frontierText(frontier), checkpoint],
  );
}
