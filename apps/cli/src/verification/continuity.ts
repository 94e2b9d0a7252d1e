import {
  type Check,
  type Checkpoint,
  type Failure,
  type Trust,
  verifyCheckpoint,
  verifyConsistency,
} from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { requestCheckpoint, requestConsistency } from '../server/request-evidence.ts';
import type { MoreChecks } from './finding.ts';
import { recallCheckpoints } from './remembered-checkpoints.ts';

/** A checkpoint of a log that was seen before its newest one. */
interface EarlierCheckpoint {
  readonly checkpoint: Checkpoint;
  /** Where it was seen, in words. */
  readonly from: string;
}

/** What {@link checkContinuity} found. */
export interface Continuity extends MoreChecks {
  /** The newest checkpoint of the log, a signed note. */
  readonly newest: string;
  /** Largest checkpoint that was remembered. */
  readonly remembered?: Checkpoint | undefined;
  /** Files with remembered checkpoints that are none any more. */
  readonly damaged: readonly string[];
}

/** Settings of {@link checkContinuity}. */
export interface ContinuitySettings {
  readonly stateDirectory: string;
  /** Whose checkpoints are believed. */
  readonly trust: Trust;
  /** Checkpoints seen in this run, whose signatures were verified, by where they were seen. */
  readonly seen: Readonly<Record<string, Checkpoint>>;
  readonly signal: AbortSignal;
}

/**
 * Demands that a server's log only grew since every checkpoint of it that was seen, in this run or an earlier one: a log
 * that was rolled back or written anew is consistent with itself, and only who remembers notices.
 * @throws {CommandFailure} `notReached` when the server does not answer
 */
export async function checkContinuity(
  server: ServerAccess,
  settings: ContinuitySettings,
): Promise<Continuity> {
  const { seen, signal, stateDirectory, trust } = settings;
  const { checkpoints, damaged } = await recallCheckpoints(stateDirectory, { keys: trust.keys });
  const { note: newest, stated } = await requestCheckpoint(server, signal);
  const { failure } = await verifyCheckpoint(newest, { keys: trust.keys });
  const [remembered] = checkpoints.toSorted((one, other) => other.size - one.size);
  const found = { newest, remembered, damaged };
  if (failure !== undefined) return { ...found, ...brokenBy(failure) };
  const earlier = [
    ...checkpoints.map((each) => ({ checkpoint: each, from: 'remembered from an earlier run' })),
    ...Object.entries(seen).map(([from, each]) => ({ checkpoint: each, from })),
  ];
  for (const each of earlier) {
    const broken = await growthFailure(server, { earlier: each, newest: stated, signal });
    if (broken !== undefined) return { ...found, ...brokenBy(broken) };
  }
  return { ...found, checks: [continuityCheck(remembered, stated)] };
}

interface Growth {
  readonly earlier: EarlierCheckpoint;
  readonly newest: Checkpoint;
  readonly signal: AbortSignal;
}

async function growthFailure(
  server: ServerAccess,
  { earlier, newest, signal }: Growth,
): Promise<Failure | undefined> {
  const old = earlier.checkpoint;
  const isAsked = 0 < old.size && old.size < newest.size;
  const proof = isAsked ? await requestConsistency(server, { from: old.size, to: newest.size }, signal) : [];
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

function continuityCheck(remembered: Checkpoint | undefined, newest: Checkpoint): Check {
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
