import type { Principal } from '@audit/datastorage/server';
import { type NoteSigner, type PackItem, type PackKey, writePack } from '@audit/integrity';
import { readPresentDisclosures } from '../record/read-disclosures.ts';
import { readLogKeys } from '../tree/log-key-store.ts';
import { TileStore } from '../tree/tile-store.ts';
import { begun } from './begun.ts';
import { type CosigningSource, readCosignedCheckpoint } from './cosigned-checkpoint.ts';
import { type ExportSource, tellOfExport } from './export-event.ts';
import type { PackQuery } from './pack-query.ts';
import { type PackPlanning, planPack } from './plan-pack.ts';
import type { ExportRow } from './record-batches.ts';

/** What packs need of the service. */
export interface PackSource extends ExportSource, CosigningSource {
  /** The key that signs the log now. */
  readonly signer: () => NoteSigner;
  /** Public keys of the witnesses. */
  readonly witnessKeys: readonly string[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** A pack that has begun: its first records could be read. */
export interface OpenPack {
  readonly outcome: 'opened';
  readonly logId: string;
  /** Number of records that its checkpoint covers. */
  readonly size: number;
  /** Sequence of the event that tells of it. */
  readonly closedBy: number;
  /** Its text; whoever stops reading stops the statements. */
  readonly text: AsyncIterable<string>;
}

/** A pack, or why there is none. */
export type PackOpening = OpenPack | Exclude<PackPlanning, { readonly outcome: 'planned' }>;

/** Begins a pack. Its event is stored before anything is read, and the checkpoint covers that event. */
export async function openPack(
  source: PackSource,
  query: PackQuery,
  principal: Principal,
): Promise<PackOpening> {
  const planning = await planPack(source, query);
  if (planning.outcome !== 'planned') return planning;
  const { told, close } = planning.plan;
  const { database, logId, signer } = source;
  const closedBy = await tellOfExport(source, { principal, ...told });
  const { note, origin, size } = await readCosignedCheckpoint(source, closedBy);
  const { population, batches } = close(closedBy);
  const manifest = {
    origin,
    log_id: logId,
    population,
    created_at: new Date(source.now()).toISOString(),
    created_by: 'datastorage',
    disclosures: query.disclosures,
  };
  const text = writePack({
    manifest,
    checkpoint: note,
    keys: await packKeys(source),
    items: itemsOf(await begun(batches)),
    readNodes: new TileStore(database, logId).nodeReader(size),
    signer: signer(),
  });
  return { outcome: 'opened', logId, size, closedBy, text };
}

async function packKeys({ database, logId, witnessKeys }: PackSource): Promise<PackKey[]> {
  const keys = await readLogKeys(database, logId);
  return [
    ...keys.map((period) => ({ ...period, use: 'log' as const })),
    ...witnessKeys.map((key) => ({ key, use: 'witness' as const })),
  ];
}

async function* itemsOf(batches: AsyncIterable<readonly ExportRow[]>): AsyncGenerator<PackItem> {
  for await (const rows of batches) for (const row of rows) yield itemOf(row);
}

function itemOf({ sequence, record, event_hash, purged_by, disclosures }: ExportRow): PackItem {
  return record === null
    ? { purged: { sequence: Number(sequence), event_hash, by_sequence: Number(purged_by) } }
    : { record, disclosures: readPresentDisclosures(disclosures) };
}
