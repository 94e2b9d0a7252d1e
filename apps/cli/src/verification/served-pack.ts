import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import {
  addChecks,
  type Check,
  type Failure,
  type ListedRecord,
  ListedRecords,
  type MoreChecks,
  type PackReport,
  type Population,
  verifyPack,
} from '@audit/integrity';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import type { ServerAccess } from '../options/server-options.ts';
import { requestPack } from '../server/request-records.ts';
import type { VerifiedOnline } from './conclude.ts';
import { type ContinuitySettings, checkContinuity } from './continuity.ts';
import type { ServerTrust } from './server-trust.ts';

/** Settings of {@link verifyServedPack}. */
export interface ServedPackSettings
  extends ServerTrust,
    Pick<ContinuitySettings, 'stateDirectory' | 'signal'> {
  readonly parameters: URLSearchParams;
  /** Name of what is asked for, for people; where it is not saved, it stands for the file. */
  readonly subject: string;
  /** File to save the pack to, whatever is found in it; default none. */
  readonly output?: string | undefined;
  /** Says whether the pack is what was asked for: a server could prove something else. */
  readonly checkAnswer: (population: Population, records: readonly ListedRecord[]) => MoreChecks;
}

/** What {@link verifyServedPack} found. */
export interface ServedPack extends VerifiedOnline {
  readonly records: readonly ListedRecord[];
}

/**
 * Asks a server for an evidence pack and verifies it at once: the pack itself, that it is what was asked for, and that the
 * log only grew since it was last seen.
 * @throws {CommandFailure} as `requestPack`
 */
export async function verifyServedPack(
  server: ServerAccess,
  settings: ServedPackSettings,
): Promise<ServedPack> {
  const { checkAnswer, isTrusted, output, parameters, signal, subject, trust } = settings;
  const { pieces } = await requestPack(server, parameters, signal);
  const listed = new ListedRecords();
  const seen = seenBy(listed, output === undefined ? pieces : await saved(pieces, output));
  const own = await verifyPack(seen, isTrusted ? { trust } : {});
  const report = addChecks(own, answerChecks(own, listed.found, checkAnswer));
  const finding = { subject: output ?? subject, isTrusted, kind: 'pack', report } as const;
  const checkpoint = report.checkpoint?.checkpoint;
  if (checkpoint === undefined || report.failure !== undefined) return { finding, records: listed.found };
  const continuity = await checkContinuity(server, { ...settings, seen: { 'in the pack': checkpoint } });
  return {
    finding: { ...finding, report: addChecks(report, continuity) },
    continuity,
    records: listed.found,
  };
}

/** Makes the statement that a pack is what was asked for. */
export function answerCheck(statement: string, isSo: boolean): MoreChecks {
  const outcome: Check['outcome'] = isSo ? 'holds' : 'fails';
  const failure: Failure = { code: 'outside_population', message: `it is not so that ${statement}` };
  return { checks: [{ statement, outcome }], failure: isSo ? undefined : failure };
}

function answerChecks(
  { failure, manifest }: PackReport,
  records: readonly ListedRecord[],
  checkAnswer: ServedPackSettings['checkAnswer'],
): MoreChecks {
  return failure === undefined && manifest !== undefined
    ? checkAnswer(manifest.population, records)
    : { checks: [] };
}

async function saved(pieces: AsyncIterable<Uint8Array>, output: string): Promise<AsyncIterable<Uint8Array>> {
  const file = resolve(output);
  await writeFileWhole(file, pieces);
  return createReadStream(file);
}

async function* seenBy(listed: ListedRecords, pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    listed.push(piece);
    yield piece;
  }
}
