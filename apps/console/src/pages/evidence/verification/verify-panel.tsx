import { type ReactElement, useEffect } from 'react';
import { ApiFailure } from '../../../api/api-failure.ts';
import { sessionToken } from '../../../api/session-token.ts';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { FailureState } from '../../../states/failure-state.tsx';
import { StateCard } from '../../../states/state-card.tsx';
import { parseTrustedKeys, type TrustedKeys } from '../trust/parse-trusted-keys.ts';
import { rememberedVerification, rememberVerification } from '../trust/remembered-verification.ts';
import { trustedKeysText } from '../trust/trusted-keys.ts';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { JobProgressBar } from './job-progress-bar.tsx';
import type { JobFailure, LogJob, LogResult } from './messages.ts';
import { durationWords } from './progress-words.ts';
import { type Job, useLogJob } from './use-job.ts';
import styles from './verify-panel.module.css';

/** Verifies the whole log in this browser, and says what came of it. */
export function VerifyPanel(): ReactElement {
  const job = useLogJob();
  const trusted = parseTrustedKeys(trustedKeysText.use());
  const { state } = job;
  const begin = () =>
    job.begin({
      kind: 'log',
      trust: { keys: trusted.keys, witnesses: trusted.witnesses },
      token: sessionToken(),
      remembered: rememberedVerification()?.note,
    });
  useEffect(() => {
    if (state.is === 'done') remember(state.result);
  }, [state]);
  return (
    <div className={styles.column}>
      <Panel heading="Verify the log in this browser" note="every record, from the first to the last">
        <div className={styles.body}>
          <p className={styles.words}>
            Your browser fetches the signed checkpoint and every record, and computes all hashes, chains and
            the tree by itself. Nothing the server says about itself is believed.
          </p>
          <Steering job={job} begin={begin} />
        </div>
        <SameCommand words={commandOf(trusted)} />
      </Panel>
      {state.is === 'done' && <LogVerdict result={state.result} />}
      {state.is === 'failed' && <CannotCheck failure={state.failure} retry={begin} />}
    </div>
  );
}

interface SteeringProps {
  readonly job: Job<LogJob, LogResult>;
  readonly begin: () => void;
}

function Steering({ job, begin }: SteeringProps): ReactElement {
  const { state } = job;
  if (state.is === 'idle' || state.is === 'done' || state.is === 'failed')
    return (
      <div className={styles.buttons}>
        <Button kind="primary" onClick={begin}>
          {state.is === 'idle' ? 'Verify in my browser' : 'Verify again'}
        </Button>
      </div>
    );
  const standing = standingOf(state);
  return (
    <>
      <JobProgressBar progress={state.progress} standing={standing} />
      <div className={styles.buttons}>
        {standing === undefined ? (
          <Button onClick={job.pause} disabled={state.progress === undefined}>
            Pause
          </Button>
        ) : (
          <Button kind="primary" onClick={job.resume}>
            Go on
          </Button>
        )}
        <Button onClick={job.cancel}>Cancel</Button>
      </div>
    </>
  );
}

function standingOf(state: Job<LogJob, LogResult>['state']): string | undefined {
  if (state.is === 'paused') return 'Paused. What is verified stays so.';
  return state.is === 'interrupted' ? `Interrupted: ${state.message} What is verified stays so.` : undefined;
}

function LogVerdict({ result }: { readonly result: LogResult }): ReactElement {
  const { isTrusted, progress, record, report } = result;
  return (
    <VerdictCard verified={{ subject: 'log', report, isTrusted }} record={record}>
      {progress.done > 0 && <p className={styles.took}>{durationWords(progress)}</p>}
    </VerdictCard>
  );
}

// Without an answer of the server there is nothing to verify: that is a verdict, too, and says why.
function CannotCheck({
  failure,
  retry,
}: {
  readonly failure: JobFailure;
  readonly retry: () => void;
}): ReactElement {
  const { message, status } = failure;
  if (status === 401 || status === 403)
    return (
      <FailureState
        error={
          new ApiFailure(status, {
            type: 'about:blank',
            title: 'Cannot check',
            status,
            detail: message,
            instance: '',
          })
        }
        retry={retry}
      />
    );
  return (
    <StateCard icon="warning" tone="failure" heading="Cannot check">
      <p>{message}</p>
    </StateCard>
  );
}

function remember({ isTrusted, newest, report }: LogResult): void {
  if (newest === undefined || report.verdict === 'broken') return;
  const { records, verdict } = report;
  rememberVerification({ note: newest, at: new Date().toISOString(), verdict, records, isTrusted });
}

function commandOf({ keys, witnesses }: TrustedKeys): string[] {
  return [
    ...['audit', 'verify', '--url', location.origin],
    ...keys.flatMap(({ key }) => ['--key', key]),
    ...witnesses.flatMap((key) => ['--witness', key]),
    ...(keys.length === 0 ? ['--consistency-only'] : []),
  ];
}
