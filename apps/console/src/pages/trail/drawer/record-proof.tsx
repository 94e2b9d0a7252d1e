import type { Check, Verdict } from '@audit/integrity';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Button } from '../../../controls/button.tsx';
import { CommandLine } from '../../../controls/command-line.tsx';
import { Icon, type IconName } from '../../../controls/icon.tsx';
import { type Tone, ToneBadge } from '../../../controls/tone-badge.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { Loaded } from '../../../states/loaded.tsx';
import styles from './drawer-part.module.css';
import { proofQuery, type ServedProof } from './proof-query.ts';
import { exportQuery, recordQuery } from './record-query.ts';
import { type EventReport, verifyEvent } from './verify-event.ts';

/** Options of {@link RecordProof}. */
export interface RecordProofProps {
  readonly eventId: string;
  /** Hash that the trail says the event has. */
  readonly hash: string;
}

interface Verified {
  readonly served: ServedProof;
  readonly report: EventReport;
}

/** Verifies in this browser that the record is in the log, by the newest signed checkpoint, and shows every check. */
export function RecordProof({ eventId, hash }: RecordProofProps): ReactElement {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ['verified-event', eventId, hash],
    queryFn: async (): Promise<Verified> => {
      const [served, record] = await Promise.all([
        queries.fetchQuery(proofQuery(eventId)),
        queries.ensureQueryData(recordQuery(eventId)),
      ]);
      const exported = queries.getQueryData(exportQuery(eventId, hash).queryKey);
      const report = await verifyEvent({
        record: record.exact ?? exported,
        hash,
        served,
        canVerifySignatures: isSecureContext,
      });
      return { served, report };
    },
    staleTime: 0,
  });
  return (
    <Loaded query={query}>
      {({ served, report }) => (
        <div className={styles.part}>
          <ToneBadge {...verdictWords[report.verdict]} />
          {report.failure !== undefined && <EventText text={report.failure} charsMax={500} />}
          <ul className={styles.checks} aria-label="Checks made in this browser">
            {report.checks.map((check) => (
              <CheckView key={check.statement} check={check} />
            ))}
          </ul>
          <ProofFacts served={served} />
          <p className={styles.hint}>
            The keys are those that this server names. Compare them with what you were given by somebody else:{' '}
            <code>audit prove</code> verifies with keys of your own.
          </p>
          <div className={styles.whole}>
            <CommandLine words={['audit', 'prove', eventId, '--key', 'log-keys.json']} />
          </div>
          <Button onClick={() => void query.refetch()}>Verify again</Button>
        </div>
      )}
    </Loaded>
  );
}

const verdictWords = {
  proven: { tone: 'success', word: 'proven' },
  consistent_unwitnessed: { tone: 'success', word: 'consistent, but unwitnessed' },
  cannot_check: { tone: 'pending', word: 'cannot check all of it' },
  broken: { tone: 'failure', word: 'broken' },
} as const satisfies Record<Verdict, { readonly tone: Tone; readonly word: string }>;

const checkIcons = { holds: 'success', fails: 'failure', not_checked: 'pending' } as const satisfies Record<
  Check['outcome'],
  IconName
>;

function CheckView({ check: { statement, outcome } }: { readonly check: Check }): ReactElement {
  return (
    <li>
      <span className={styles[outcome]}>
        <Icon name={checkIcons[outcome]} />
      </span>
      <EventText text={statement} charsMax={300} />
      <span className={`${styles.outcome} ${styles[outcome]}`}>{outcome.replace('_', ' ')}</span>
    </li>
  );
}

function ProofFacts({ served: { proof } }: { readonly served: ServedProof }): ReactElement {
  return (
    <dl className={styles.facts}>
      <dt>Position in the log</dt>
      <dd>{numberText(proof.sequence)}</dd>
      <dt>Records in the checkpoint</dt>
      <dd>{numberText(proof.tree_size)}</dd>
      <dt>Root of the tree</dt>
      <dd>
        <code>{proof.root_hash}</code>
      </dd>
      <dt>Hashes of the proof</dt>
      <dd>{proof.audit_path.length}</dd>
    </dl>
  );
}
