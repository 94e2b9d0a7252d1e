import { JobControl } from './job-control.ts';
import type { FromWorker, LogJob, LogResult, PackJob, PackResult, ToWorker } from './messages.ts';
import { failureOf, Refusal } from './refusal.ts';
import { verifyDroppedPack } from './verify-dropped-pack.ts';
import { verifyLog } from './verify-log.ts';

const controls = new Map<number, JobControl>();

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => {
  const control = controls.get(data.id);
  if (data.do === 'begin') void run(data.id, data.job);
  else control?.[data.do]();
});

async function run(id: number, job: LogJob | PackJob): Promise<void> {
  const control = new JobControl();
  controls.set(id, control);
  try {
    requireSignatures();
    tell({ id, is: 'done', result: await resultOf(id, job, control) });
  } catch (error) {
    // Whoever cancels a job waits for no word of it.
    if (!control.cancelled.aborted) tell({ id, is: 'failed', failure: failureOf(error) });
  } finally {
    controls.delete(id);
  }
}

// Without them every honest log would look as if nobody had signed it.
function requireSignatures(): void {
  if (isSecureContext) return;
  throw new Refusal(
    undefined,
    'This page came by plain HTTP from another machine, and browsers verify signatures only on pages that came by HTTPS or from this ' +
      'machine. Open the console by HTTPS, or verify in a terminal by the command below.',
  );
}

function resultOf(id: number, job: LogJob | PackJob, control: JobControl): Promise<LogResult | PackResult> {
  const onProgress = (progress: Extract<FromWorker, { is: 'progress' }>['progress']) =>
    tell({ id, is: 'progress', progress });
  if (job.kind === 'pack') return verifyDroppedPack(job, { signal: control.cancelled, onProgress });
  return verifyLog(job, { control, onProgress, onPause: (message) => tell({ id, ...message }) });
}

function tell(message: FromWorker): void {
  self.postMessage(message);
}
