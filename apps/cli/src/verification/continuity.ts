import { type Growth, type GrowthSettings, type Trust, verifyGrowth } from '@audit/integrity';
import type { ServerAccess } from '../options/server-options.ts';
import { logSourceOf } from '../server/log-source-of.ts';
import { recallCheckpoints } from './remembered-checkpoints.ts';

/** What {@link checkContinuity} found. */
export interface Continuity extends Growth {
  /** Files with remembered checkpoints that are none any more. */
  readonly damaged: readonly string[];
}

/** Settings of {@link checkContinuity}. */
export interface ContinuitySettings extends Pick<GrowthSettings, 'seen'> {
  readonly stateDirectory: string;
  /** Whose checkpoints are believed. */
  readonly trust: Trust;
  readonly signal: AbortSignal;
}

/**
 * Demands that a server's log only grew since every checkpoint of it that was seen, in this run or an earlier one.
 * @throws {CommandFailure} `notReached` when the server does not answer
 */
export async function checkContinuity(
  server: ServerAccess,
  { seen, signal, stateDirectory, trust }: ContinuitySettings,
): Promise<Continuity> {
  const { checkpoints: remembered, damaged } = await recallCheckpoints(stateDirectory, { keys: trust.keys });
  const growth = await verifyGrowth(logSourceOf(server, signal), { trust, remembered, seen });
  return { ...growth, damaged };
}
