import type { AuditRecord, AuditStatus } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { statusQuery } from '../../../api/status-query.ts';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { instantText } from '../../../format/instant-text.ts';
import { numberText } from '../../../format/number-text.ts';
import { forgetVerification, useRememberedVerification } from '../trust/remembered-verification.ts';
import styles from './statement-panel.module.css';
import { type LogStatement, serverVerificationQuery } from './statement-query.ts';

/** Shows what the log states of itself, and what this browser found of it the last time. */
export function StatementPanel({ statement }: { readonly statement: LogStatement }): ReactElement {
  const { checkpoint, signers } = statement;
  return (
    <Panel heading="What the log states" note="as the server says it">
      <dl className={styles.tiles}>
        <Population size={checkpoint.size} />
        <CheckpointAge size={checkpoint.size} />
        <Witnesses size={checkpoint.size} />
        <LastVerification />
      </dl>
      <dl className={styles.root}>
        <div>
          <dt>Log</dt>
          <dd>
            <EventText text={checkpoint.origin} />
          </dd>
        </div>
        <div>
          <dt>Signed by</dt>
          <dd>
            <EventText text={signers.join(', ')} />
          </dd>
        </div>
        <div>
          <dt>Root of the tree</dt>
          <dd>
            <code>{checkpoint.root}</code>
          </dd>
        </div>
      </dl>
    </Panel>
  );
}

interface TileProps {
  readonly term: string;
  readonly figure: ReactNode;
  readonly isMissing?: boolean;
  readonly children?: ReactNode;
}

function Tile({ children, figure, isMissing = false, term }: TileProps): ReactElement {
  return (
    <div className={styles.tile}>
      <dt>{term}</dt>
      <dd className={`${styles.figure} ${isMissing ? styles.missing : ''}`}>{figure}</dd>
      <dd className={styles.small}>{children}</dd>
    </div>
  );
}

function Population({ size }: { readonly size: number }): ReactElement {
  return (
    <Tile term="Population" figure={`${numberText(size)} ${size === 1 ? 'record' : 'records'}`}>
      {size === 0 ? 'The log is empty.' : `Positions 0 to ${numberText(size - 1)}, all under the checkpoint.`}
    </Tile>
  );
}

// A checkpoint has no time of its own. It is signed in the transaction of its last record.
function CheckpointAge({ size }: { readonly size: number }): ReactElement {
  const { data, error } = useQuery(statusQuery);
  if (data?.log === undefined) return <Unknown term="Checkpoint" error={error} />;
  const { newest_received_at: receivedAt, size: signed } = data.log;
  if (receivedAt === null)
    return <Tile term="Checkpoint" figure={size === 0 ? 'No record yet' : 'Age unknown'} />;
  return (
    <Tile term="Checkpoint" figure={`${ageText(data, receivedAt)} old`}>
      Signed with record {numberText(signed - 1)}, {instantText(receivedAt)?.utc}
    </Tile>
  );
}

function Witnesses({ size }: { readonly size: number }): ReactElement {
  const { data, error } = useQuery(statusQuery);
  if (data?.log === undefined) return <Unknown term="Witnesses" error={error} />;
  const { witnesses } = data.log;
  const cosigned = witnesses.filter((witness) => witness.cosigned_at !== null);
  if (witnesses.length === 0)
    return (
      <Tile term="Witnesses" figure="None" isMissing>
        Nobody but the server saw this log grow.
      </Tile>
    );
  return (
    <Tile
      term="Witnesses"
      figure={`${cosigned.length} of ${witnesses.length} cosigned`}
      isMissing={cosigned.length === 0}
    >
      {witnesses.map((witness) => (
        <span key={witness.name} className={styles.line}>
          <EventText text={witness.name} charsMax={60} />: {witnessWords(witness, size)}
        </span>
      ))}
    </Tile>
  );
}

type Witness = NonNullable<AuditStatus['log']>['witnesses'][number];

function witnessWords({ cosigned_at: at, size: seen }: Witness, size: number): string {
  if (at === null) return 'has cosigned nothing yet';
  const behind = Math.max(0, size - seen);
  const lag =
    behind === 0
      ? 'the newest checkpoint'
      : `up to record ${numberText(seen - 1)}, ${numberText(behind)} behind`;
  return `${lag}, ${instantText(at)?.utc ?? at}`;
}

function ageText({ timestamp }: AuditStatus, at: string): string {
  return durationText(Math.max(0, Date.parse(timestamp) - Date.parse(at)));
}

function Unknown({ error, term }: { readonly error: Error | null; readonly term: string }): ReactElement {
  if (error === null) return <Tile term={term} figure="…" />;
  return (
    <Tile term={term} figure="Unknown" isMissing>
      <EventText text={error.message} charsMax={300} />
    </Tile>
  );
}

const verdicts = {
  proven: 'Proven',
  consistent_unwitnessed: 'Consistent',
  cannot_check: 'Agrees with itself',
  broken: 'Broken',
} as const;

function LastVerification(): ReactElement {
  const remembered = useRememberedVerification();
  const { data } = useQuery(serverVerificationQuery);
  const byServer = data === null || data === undefined ? undefined : serverWords(data);
  if (remembered === undefined)
    return (
      <Tile term="Last verification" figure="Never here" isMissing>
        This browser remembers nothing of the log. {byServer}
      </Tile>
    );
  const { at, records, verdict } = remembered;
  return (
    <Tile term="Last verification" figure={verdicts[verdict]}>
      In this browser, {numberText(records)} records, {instantText(at)?.utc}. It remembers that checkpoint.{' '}
      {byServer}
      <span className={styles.forget}>
        <Button onClick={forgetVerification}>Forget it</Button>
      </span>
    </Tile>
  );
}

function serverWords({ actor_id, event_data, event_timestamp }: AuditRecord): ReactNode {
  const isValid = event_data.event_type === 'datastorage.chain.verified' && event_data.is_valid;
  return (
    <>
      By the server for <EventText text={actor_id} charsMax={60} />: a trail{' '}
      {isValid ? 'is valid' : 'is broken'}, {instantText(event_timestamp)?.utc}.
    </>
  );
}
