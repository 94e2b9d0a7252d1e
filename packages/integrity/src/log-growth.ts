import type { Trust } from './checkpoint.ts';
import { verifyCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint-body.ts';
import { verifyConsistency } from './consistency-proof.ts';
import type { LogSource } from './log-source.ts';
import type { MoreChecks } from './more-checks.ts';
import { type Check, type Failure, failureAt } from './report.ts';

/** What {@link verifyGrowth} found. */
export interface Growth extends MoreChecks {
  /** The newest checkpoint of the log, a signed note. */
  readonly newest: string;
  /** Largest checkpoint that was remembered. */
  readonly remembered?: Checkpoint | undefined;
}

/** Settings of {@link verifyGrowth}. */
export interface GrowthSettings {
  /** Whose checkpoints are believed. */
  readonly trust: Trust;
  /** Checkpoints that were verified in an earlier run and kept. */
  readonly remembered: readonly Checkpoint[];
  /** Checkpoints seen in this run, whose signatures were verified, by where they were seen. */
  readonly seen: Readonly<Record<string, Checkpoint>>;
}

interface EarlierCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Where it was seen, in words. */
  readonly from: string;
}

/**
 * Demands that a log only grew since every checkpoint of it that was seen, in this run or an earlier one: a log that was
 * rolled back or written anew is consistent with itself, and only who remembers notices.
 */
export async function verifyGrowth(source: LogSource, settings: GrowthSettings): Promise<Growth> {
  const newest = await source.checkpoint();
  const { checkpoint: stated, failure } = await verifyCheckpoint(newest, { keys: settings.trust.keys });
  const [remembered] = settings.remembered.toSorted((one, other) => other.size - one.size);
  const found = { newest, remembered };
  if (stated === undefined || failure !== undefined)
    return { ...found, ...brokenBy(failure ?? noCheckpoint) };
  const earlier = [
    ...settings.remembered.map((each) => ({ checkpoint: each, from: 'remembered from an earlier run' })),
    ...Object.entries(settings.seen).map(([from, each]) => ({ checkpoint: each, from })),
  ];
  for (const each of earlier) {
    const broken = await growthFailure(source, each, stated);
    if (broken !== undefined) return { ...found, ...brokenBy(broken) };
  }
  return { ...found, checks: [growthCheck(remembered, stated)] };
}

const noCheckpoint = failureAt('malformed_checkpoint', 'what is served is not a checkpoint');

async function growthFailure(
  source: LogSource,
  earlier: EarlierCheckpoint,
  newest: Checkpoint,
): Promise<Failure | undefined> {
  const old = earlier.checkpoint;
  const isAsked = 0 < old.size && old.size < newest.size;
  const proof = isAsked ? await source.consistencyProof(old.size, newest.size) : [];
  const claim = { oldSize: old.size, oldRoot: old.root, size: newest.size, root: newest.root };
  const failure =
    old.origin === newest.origin ? verifyConsistency(claim, proof ?? []).failure : wrongOrigin(old, newest);
  if (failure === undefined) return undefined;
  const reason = proof === undefined ? 'the server has no proof that one became the other' : failure.message;
  return {
    ...failure,
    message: `the log did not only grow: ${describe(old)} was ${earlier.from}, and now the server shows ${describe(newest)}: ${reason}`,
  };
}

function wrongOrigin(old: Checkpoint, newest: Checkpoint): Failure {
  return { code: 'wrong_origin', message: `the one is of ${old.origin}, the other of ${newest.origin}` };
}

function brokenBy(failure: Failure): MoreChecks {
  const statement = 'the log only grew since it was last seen';
  return { checks: [{ statement, outcome: 'fails' }], failure };
}

function growthCheck(remembered: Checkpoint | undefined, newest: Checkpoint): Check {
  if (remembered === undefined)
    return {
      statement: 'the log only grew since it was last seen: nothing is remembered of it (trust on first use)',
      outcome: 'not_checked',
    };
  return {
    statement: `the log only grew since it was last seen: from ${describe(remembered)} to ${describe(newest)}`,
    outcome: 'holds',
  };
}

function describe({ root, size }: Checkpoint): string {
  return `size ${size} with root ${root}`;
}
