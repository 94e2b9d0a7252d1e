import type { AuditRecord } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { instantText } from '../../../format/instant-text.ts';
import { numberText } from '../../../format/number-text.ts';
import { forgetVerification, useRememberedVerification } from '../trust/remembered-verification.ts';
import styles from './statement-panel.module.css';
import { type LogStatement, newestRecordQuery, serverVerificationQuery } from './statement-query.ts';

/** Shows what the log states of itself, and what this browser found of it the last time. */
export function StatementPanel({ statement }: { readonly statement: LogStatement }): ReactElement {
  const { checkpoint, signers } = statement;
  return (
    <Panel heading="What the log states" note="not verified yet; below you can">
      <dl className={styles.tiles}>
        <Population size={checkpoint.size} />
        <CheckpointAge size={checkpoint.size} />
        <Witnesses statement={statement} />
        <LastVerification />
      </dl>
      <dl className={styles.root}>
        <dt>Log</dt>
        <dd>
          <EventText text={checkpoint.origin} />
        </dd>
        <dt>Signed by</dt>
        <dd>
          <EventText text={signers.join(', ')} />
        </dd>
        <dt>Root of the tree</dt>
        <dd>
          <code>{checkpoint.root}</code>
        </dd>
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
  const { data, dataUpdatedAt, error } = useQuery(newestRecordQuery);
  if (error !== null)
    return (
      <Tile term="Checkpoint" figure="Age unknown">
        Your token may not read events.
      </Tile>
    );
  if (data === undefined) return <Tile term="Checkpoint" figure="…" />;
  if (data === null) return <Tile term="Checkpoint" figure="No record yet" />;
  const age = durationText(Math.max(0, dataUpdatedAt - Date.parse(data.received_at)));
  return (
    <Tile term="Checkpoint" figure={`${age} old`}>
      Signed with {data.sequence === size - 1 ? 'its last record' : `record ${numberText(data.sequence)}`},{' '}
      {instantText(data.received_at)?.utc}
    </Tile>
  );
}

function Witnesses({
  statement: { checkpoint, witnessed },
}: {
  readonly statement: LogStatement;
}): ReactElement {
  if (witnessed === undefined)
    return (
      <Tile term="Witnesses" figure="None" isMissing>
        Nobody but the server saw this log grow.
      </Tile>
    );
  const { cosigners, size } = witnessed;
  const behind = checkpoint.size - size;
  return (
    <Tile term="Witnesses" figure={`${numberText(cosigners.length)} cosigned`}>
      {behind === 0
        ? 'The newest checkpoint.'
        : `Up to record ${numberText(size - 1)}; ${numberText(behind)} newer.`}
      {cosigners.map(({ at, id, name }) => (
        <span key={id}>
          {' '}
          <EventText text={name} charsMax={60} />
          {at !== undefined && `, ${instantText(at)?.utc}.`}
        </span>
      ))}
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
      <Button onClick={forgetVerification}>Forget it</Button> {byServer}
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
