import { addChecks } from '@audit/integrity';
import { type ReactElement, useState } from 'react';
import { parseTrustedKeys } from '../trust/parse-trusted-keys.ts';
import { TrustPanel } from '../trust/trust-panel.tsx';
import { trustedKeysText } from '../trust/trusted-keys.ts';
import type { PackResult } from '../verification/messages.ts';
import { type JobState, usePackJob } from '../verification/use-job.ts';
import { checkAnswer } from './is-asked-for.ts';
import type { PackQuery } from './pack-draft.ts';
import { PackForm, type SavedPack } from './pack-form.tsx';
import styles from './pack-panels.module.css';
import { PackDrop, PackVerdict } from './pack-verifier.tsx';

/** Options of {@link PacksSection}. */
export interface PacksSectionProps {
  readonly logSize: number;
  readonly correlation: string | undefined;
}

interface ShownPack {
  readonly name: string;
  /** What was asked for; absent for a file that was brought. */
  readonly query?: PackQuery | undefined;
}

const recordsMax = 1_000;

/** Builds evidence packs, and verifies those that are built or brought. */
export function PacksSection({ correlation, logSize }: PacksSectionProps): ReactElement {
  const job = usePackJob();
  const [shown, setShown] = useState<ShownPack>({ name: '' });
  const verify = ({ file, name, query }: Omit<SavedPack, 'query'> & Partial<SavedPack>) => {
    const { keys, witnesses } = parseTrustedKeys(trustedKeysText.read());
    setShown({ name, query });
    job.begin({ kind: 'pack', trust: { keys, witnesses }, file, recordsMax });
  };
  return (
    <>
      <div className={styles.columns}>
        <PackForm logSize={logSize} correlation={correlation} onSaved={verify} />
        <div className={styles.column}>
          <PackDrop onFile={(file, name) => verify({ file, name })} />
          <TrustPanel />
        </div>
      </div>
      <PackVerdict name={shown.name} state={judged(job.state, shown)} />
    </>
  );
}

function judged(state: JobState<PackResult>, { query }: ShownPack): JobState<PackResult> {
  if (state.is !== 'done' || query === undefined) return state;
  const { records, report } = state.result;
  if (report.manifest === undefined || report.failure !== undefined) return state;
  const checked = addChecks(report, checkAnswer(query, report.manifest.population, records));
  return { is: 'done', result: { ...state.result, report: checked } };
}
