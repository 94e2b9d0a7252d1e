import type { LogVerifier } from '@audit/integrity';
import { askServer, piecesOf } from './ask-server.ts';
import type { JobControl } from './job-control.ts';
import type { FromWorker } from './messages.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { failureOf, Refusal } from './refusal.ts';

/** What {@link readRecords} works with. */
export interface ReadRecordsSettings {
  readonly token: string | undefined;
  readonly control: JobControl;
  readonly meter: ProgressMeter;
  /** Tells the page that nothing moves until it says so. */
  readonly tell: (message: Pauses) => void;
}

type Pauses = DistributiveOmit<Extract<FromWorker, { is: 'paused' | 'interrupted' }>, 'id'>;
type DistributiveOmit<Union, Member extends PropertyKey> = Union extends unknown
  ? Omit<Union, Member>
  : never;

/**
 * Streams the export of the server into a verifier up to the size of the log, and holds none of it. Paused, it gives the
 * connection up, and goes on with a new one; so it does when the connection breaks, once it is told to.
 * @throws {Refusal} when the server refuses the export
 */
export async function readRecords(verifier: LogVerifier, settings: ReadRecordsSettings): Promise<void> {
  const { control, meter, tell } = settings;
  while (verifier.next < meter.total && verifier.failure === undefined) {
    const stopped = await readStretch(verifier, settings);
    if (stopped === undefined) break;
    verifier.forgetCutLine();
    const progress = meter.pause();
    tell(control.isPaused ? { is: 'paused', progress } : { is: 'interrupted', progress, message: stopped });
    await control.untilResumed();
    meter.resume();
  }
  verifier.end();
}

/** Reads as much as comes; why it stopped before the end, if it did. */
async function readStretch(
  verifier: LogVerifier,
  { control, meter, token }: ReadRecordsSettings,
): Promise<string | undefined> {
  const signal = control.stretch;
  const path = `/api/v1/audit/export?format=jsonl&from_sequence=${verifier.next}&to_sequence=${meter.total - 1}`;
  try {
    const response = await askServer(path, { token, signal });
    for await (const piece of piecesOf(response.body)) {
      const failure = verifier.push(piece);
      meter.add(verifier.next, piece.length);
      if (failure !== undefined) return undefined;
    }
    return undefined;
  } catch (error) {
    control.cancelled.throwIfAborted();
    if (error instanceof Refusal && error.status !== undefined && error.status < 500) throw error;
    return failureOf(error).message;
  }
}
