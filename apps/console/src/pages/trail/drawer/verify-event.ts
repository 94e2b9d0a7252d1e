import { type Check, leafHash, type Verdict, verifyCheckpoint, verifyInclusion } from '@audit/integrity';
import type { ServedProof } from './proof-query.ts';

/** What {@link verifyEvent} found. */
export interface EventReport {
  readonly verdict: Verdict;
  readonly checks: readonly Check[];
  /** What contradicts, in words. */
  readonly failure: string | undefined;
}

/** What is verified. */
export interface EventClaim {
  /** Exact text of the record; undefined when it was not handed out. */
  readonly record: string | undefined;
  /** Hash that the trail says the event has. */
  readonly hash: string;
  readonly served: ServedProof;
  /** Whether this browser verifies signatures here: it does on pages that came by HTTPS or from this machine. */
  readonly canVerifySignatures: boolean;
}

/** Verifies in the browser that a record is in the log that a signed checkpoint commits to. Nothing that was served is trusted. */
export async function verifyEvent(claim: EventClaim): Promise<EventReport> {
  const { record, hash, served, canVerifySignatures } = claim;
  const { proof, keys } = served;
  const trust = canVerifySignatures ? keys.keys : [];
  const signed = await verifyCheckpoint(proof.checkpoint ?? '', { keys: trust, origin: keys.origin });
  const size = signed.checkpoint?.size ?? 0;
  const root = signed.checkpoint?.root ?? '';
  const included = verifyInclusion({ index: proof.sequence, size, leafHash: hash, root }, proof.audit_path);
  const checks: readonly Check[] = [hashCheck(record, hash), ...included.checks, ...signed.checks];
  const isBroken = checks.some(({ outcome }) => outcome === 'fails');
  const isWhole = record !== undefined && canVerifySignatures;
  return {
    verdict: isBroken ? 'broken' : isWhole ? signed.verdict : 'cannot_check',
    checks,
    failure: included.failure?.message ?? signed.failure?.message ?? hashFailure(record, hash),
  };
}

function hashCheck(record: string | undefined, hash: string): Check {
  const statement = `the bytes of the record have the hash ${hash.slice(0, 12)}…`;
  if (record === undefined) return { statement, outcome: 'not_checked' };
  return { statement, outcome: leafHash(record) === hash ? 'holds' : 'fails' };
}

function hashFailure(record: string | undefined, hash: string): string | undefined {
  if (record === undefined || leafHash(record) === hash) return undefined;
  return `the record has the hash ${leafHash(record)}, not ${hash}`;
}
