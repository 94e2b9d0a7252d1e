import {
  type Checkpoint,
  type ListedRecord,
  ListedRecords,
  LogVerifier,
  safeParseCheckpointBody,
  safeParseNote,
  verifyServedLog,
} from '@audit/integrity';
import { askServer, piecesOf } from './ask-server.ts';
import type { JobControl } from './job-control.ts';
import { logSourceOf, requestLogKeys } from './log-source-of.ts';
import type { JobProgress, LogJob, LogResult } from './messages.ts';
import { ProgressMeter } from './progress-meter.ts';
import { type ReadRecordsSettings, readRecords } from './read-records.ts';

/** What {@link verifyLog} is told by and tells. */
export interface VerifyLogSettings {
  readonly control: JobControl;
  readonly onProgress: (progress: JobProgress) => void;
  readonly onPause: ReadRecordsSettings['tell'];
}

/**
 * Verifies the log of the server, every record of it, as `audit verify --url` does.
 * @throws {Refusal} when the server does not give what is needed
 */
export async function verifyLog(job: LogJob, settings: VerifyLogSettings): Promise<LogResult> {
  const { control, onPause: tell, onProgress } = settings;
  const access = { token: job.token, signal: control.cancelled };
  const isTrusted = job.trust.keys.length > 0;
  const keys = isTrusted ? job.trust.keys : await requestLogKeys(access);
  let meter = new ProgressMeter(0, onProgress);
  const { growth, report } = await verifyServedLog(logSourceOf(access), {
    trust: { ...job.trust, keys },
    isTrusted,
    begin: async ({ checkpoint: { size } }) => ({
      verifier: new LogVerifier({ size }),
      remembered: rememberedBy(job),
    }),
    read: (verifier, { checkpoint: { size } }) => {
      meter = new ProgressMeter(size, onProgress);
      return readRecords(verifier, { token: job.token, control, meter, tell });
    },
  });
  const sequence = report.failure?.sequence;
  return {
    kind: 'log',
    report,
    isTrusted,
    newest: report.failure === undefined ? growth?.newest : undefined,
    record: sequence === undefined ? undefined : await findRecord(sequence, access),
    progress: meter.read(),
  };
}

// Its signature was verified before this browser remembered it.
function rememberedBy({ remembered }: LogJob): readonly Checkpoint[] {
  const checkpoint = safeParseCheckpointBody(safeParseNote(remembered ?? '')?.text ?? '');
  return checkpoint === undefined ? [] : [checkpoint];
}

async function findRecord(
  sequence: number,
  access: Parameters<typeof askServer>[1],
): Promise<ListedRecord | undefined> {
  const listed = new ListedRecords(1);
  try {
    const path = `/api/v1/audit/export?format=jsonl&from_sequence=${sequence}&to_sequence=${sequence}`;
    for await (const piece of piecesOf((await askServer(path, access)).body)) listed.push(piece);
  } catch {
    // A record that cannot be shown, perhaps because it is gone, is still named by its position.
    return undefined;
  }
  return listed.found[0];
}
