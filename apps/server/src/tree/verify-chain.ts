import { type Checkpoint, verifyCheckpoint } from '@audit/integrity';
import type { ChainFailure, ChainVerification, TamperedEvent } from '@audit/schema';
import type { Database } from '../store/database.ts';
import { readQuery } from '../store/sql.ts';
import { findOutsideTree } from './chain-in-tree.ts';
import { type ChainRow, ChainWalk, type WalkedRecord } from './chain-walk.ts';
import { EvidenceError } from './evidence-error.ts';
import { readLogKeys } from './log-key-store.ts';
import { readStoredTree } from './stored-tree.ts';
import { TileStore } from './tile-store.ts';

const readChain = readQuery('read-chain');
// A record has up to 256 KiB.
const recordsPerRead = 100;
const faultsMax = 1_000;

/** What {@link verifyChain} reads. */
export interface ChainVerificationOptions {
  readonly database: Database;
  readonly logId: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

interface Tally {
  total: number;
  purged: number;
  verified: number;
  faults: number;
  readonly codes: Set<string>;
  readonly first: TamperedEvent[];
  /** Why the tree could not be read to its root. */
  treeFault?: string;
}

/** Verifies every record of a correlation: bytes, links, and places in the tree of the newest checkpoint. */
export async function verifyChain(
  { database, logId, now }: ChainVerificationOptions,
  correlationId: string,
): Promise<ChainVerification> {
  const { size, tree } = await readStoredTree(database, logId);
  const note = tree?.checkpoint ?? '';
  const { checkpoint, failure, checks } = await verifyCheckpoint(note, {
    keys: await readLogKeys(database, logId),
  });
  const signed = failure === undefined && checkpoint?.size === size ? checkpoint : undefined;
  const tally: Tally = { total: 0, purged: 0, verified: 0, faults: 0, codes: new Set(), first: [] };
  for await (const records of walk(database, { logId, correlationId, size })) {
    const outside = await tallyOutside(records, signed, new TileStore(database, logId), tally);
    count(tally, records, outside, signed);
  }
  const [signature] = checks;
  const statement = signature?.statement ?? 'the checkpoint is signed';
  return {
    correlation_id: correlationId,
    is_valid: signed !== undefined && !isFaulty(tally),
    total_events: tally.total,
    verified_events: tally.verified,
    purged_events: tally.purged,
    ...(tally.first.length === 0 ? {} : { tampered_events: tally.first }),
    ...firstFailure(
      tally,
      signed,
      failure?.message ?? `the log has ${size} records, the checkpoint another number`,
    ),
    checks: [{ statement, outcome: signed === undefined ? 'fails' : 'holds' }, ...checksOf(tally, signed)],
    checkpoint: note,
    verification_time: new Date(now()).toISOString(),
    message: messageOf(tally, signed),
  };
}

/** Records of other correlations that are gone leave no way to the root: that is a finding, no failure of the server. */
async function tallyOutside(
  records: readonly WalkedRecord[],
  signed: Checkpoint | undefined,
  tiles: TileStore,
  tally: Tally,
): Promise<TamperedEvent[]> {
  if (signed === undefined || tally.treeFault !== undefined) return [];
  try {
    return await findOutsideTree(records, signed, tiles);
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error;
    tally.treeFault = error.message;
    return [];
  }
}

function isFaulty({ faults, treeFault }: Tally): boolean {
  return faults > 0 || treeFault !== undefined;
}

async function* walk(
  database: Database,
  {
    logId,
    correlationId,
    size,
  }: { readonly logId: string; readonly correlationId: string; readonly size: number },
): AsyncGenerator<WalkedRecord[]> {
  const chain = new ChainWalk(logId, correlationId);
  let after = -1;
  for (;;) {
    const parameters = [logId, correlationId, after, size, recordsPerRead];
    const rows = await database.query<ChainRow>(readChain, parameters);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => chain.take(row));
    after = Number(last.sequence);
  }
}

function count(
  tally: Tally,
  records: readonly WalkedRecord[],
  outside: readonly TamperedEvent[],
  signed: Checkpoint | undefined,
): void {
  const placed = new Map(outside.map((fault) => [fault.sequence, fault]));
  for (const { faults: own, isPurged, sequence } of records) {
    const misplaced = placed.get(sequence);
    // That bytes that were changed or are gone are not in the tree says nothing new.
    const isKnown =
      misplaced === undefined ||
      own.some(({ code }) => code === 'record_changed' || code === 'records_missing');
    const faults = isKnown ? own : [...own, misplaced];
    tally.total += 1;
    tally.purged += isPurged ? 1 : 0;
    const isPlaced = signed !== undefined && tally.treeFault === undefined;
    tally.verified += !isPurged && faults.length === 0 && isPlaced ? 1 : 0;
    tally.faults += faults.length;
    for (const { code } of faults) tally.codes.add(code);
    tally.first.push(...faults.slice(0, faultsMax - tally.first.length));
  }
}

function firstFailure(
  { first: [fault], treeFault }: Tally,
  signed: Checkpoint | undefined,
  reason: string,
): { first_failure?: ChainFailure } {
  if (signed === undefined) return { first_failure: { code: 'checkpoint_invalid', message: reason } };
  if (fault === undefined) {
    return treeFault === undefined ? {} : { first_failure: { code: 'not_in_tree', message: treeFault } };
  }
  const { code, sequence, message } = fault;
  return { first_failure: { code, sequence, message } };
}

function checksOf(tally: Tally, signed: Checkpoint | undefined): ChainVerification['checks'] {
  const has = (...codes: readonly string[]) => codes.some((code) => tally.codes.has(code));
  const whole = tally.total - tally.purged;
  const outcome = (fails: boolean) => (fails ? ('fails' as const) : ('holds' as const));
  return [
    {
      statement: `the bytes of ${whole} records have the hashes stored for them`,
      outcome: outcome(has('record_changed', 'malformed_record', 'records_missing')),
    },
    {
      statement: `each of ${whole} records names the hash of the one before it in the correlation`,
      outcome: outcome(has('chain_broken')),
    },
    {
      statement: `the hashes of ${tally.total} records are in the tree of the checkpoint`,
      outcome:
        signed === undefined ? 'not_checked' : outcome(has('not_in_tree') || tally.treeFault !== undefined),
    },
    ...(tally.purged === 0
      ? []
      : [
          {
            statement: `what ${tally.purged} records held that were purged under policy`,
            outcome: 'not_checked' as const,
          },
        ]),
    {
      statement: 'no record is missing after the last one; verifying the whole log shows it',
      outcome: 'not_checked',
    },
  ];
}

function messageOf(tally: Tally, signed: Checkpoint | undefined): string {
  if (signed === undefined)
    return 'Hash chain verification FAILED: the checkpoint of the log does not verify';
  if (isFaulty(tally)) return 'Hash chain verification FAILED: tampering detected';
  if (tally.total === 0) return 'No events found for correlation_id';
  return 'Hash chain verified successfully: no tampering detected';
}
