import type { CommandContext } from '../command-context.ts';
import { readServerOptions, type ServerOptions } from '../options/server-options.ts';
import { readTrust, type TrustOptions } from '../options/trust-options.ts';
import { createProgress, type Progress } from '../output/progress.ts';
import { writeLine } from '../output/write-line.ts';
import { conclude } from '../verification/conclude.ts';
import { trustFor } from '../verification/server-trust.ts';
import { verifyLog } from '../verification/verify-log.ts';

/** What a person gives to have the log of a server verified. */
export interface VerifyServerOptions extends TrustOptions, ServerOptions {
  readonly stateDir: string;
  readonly json?: boolean;
}

/** `audit verify --url`, without a file. */
export async function verifyServer(options: VerifyServerOptions, context: CommandContext): Promise<void> {
  const { now, signal, stderr } = context;
  const given = readTrust(options);
  const server = readServerOptions(options);
  const trust = await trustFor(server, given, signal);
  let progress: Progress | undefined;
  const verified = await verifyLog(server, {
    ...trust,
    signal,
    stateDirectory: options.stateDir,
    onNotice: (notice) => writeLine(stderr, notice),
    onBegin: (begun, total) => {
      progress = createProgress(stderr, { total, begun, what: 'records', now });
      return progress.show;
    },
  }).finally(() => progress?.end());
  await conclude(verified, { ...trust, options, context });
}
