import { type Trust, verifyCheckpoint } from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { requestCheckpoint } from '../server/request-evidence.ts';
import { describeFailure } from './render-report.ts';

/**
 * Asks how many records the log of a server has, as its newest checkpoint states.
 * @throws {CommandFailure} `notVerified` when no trusted key signed that, `notReached`
 */
export async function readSignedSize(
  server: ServerAccess,
  trust: Trust,
  signal: AbortSignal,
): Promise<number> {
  const { note, stated } = await requestCheckpoint(server, signal);
  const { failure } = await verifyCheckpoint(note, { keys: trust.keys });
  if (failure === undefined) return stated.size;
  const reason = describeFailure(failure);
  throw new CommandFailure('notVerified', `the checkpoint of ${server.url.href} does not hold: ${reason}`);
}
