import { useQuery } from '@tanstack/react-query';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { CopyButton } from '../../../controls/copy-button.tsx';
import { LongText } from '../../../format/long-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { Loaded } from '../../../states/loaded.tsx';
import { StateCard } from '../../../states/state-card.tsx';
import styles from './drawer-part.module.css';
import type { ServedRecord } from './exact-record.ts';
import { exportQuery, recordQuery } from './record-query.ts';

/** Shows the exact text of a record, whose hash this browser compared. */
export function RawRecord({ eventId }: { readonly eventId: string }): ReactElement {
  const query = useQuery(recordQuery(eventId));
  return <Loaded query={query}>{(record) => <Served eventId={eventId} record={record} />}</Loaded>;
}

function Served({
  eventId,
  record,
}: {
  readonly eventId: string;
  readonly record: ServedRecord;
}): ReactElement {
  if (record.exact !== undefined) return <ExactText text={record.exact} hash={record.hash} />;
  if (record.isDisclosed) return <Exported eventId={eventId} hash={record.hash} />;
  return (
    <StateCard icon="warning" tone="failure" heading="This is not the record that was hashed">
      <p>
        The server names the hash <code>{record.hash}</code>, which the bytes that it served do not have.
      </p>
    </StateCard>
  );
}

function Exported({ eventId, hash }: { readonly eventId: string; readonly hash: string }): ReactElement {
  const [isAsked, setAsked] = useState(false);
  const query = useQuery({ ...exportQuery(eventId, hash), enabled: isAsked });
  if (isAsked) return <Loaded query={query}>{(text) => <ExactText text={text} hash={hash} />}</Loaded>;
  return (
    <StateCard
      icon="lock"
      heading="The record holds digests in place of personal data"
      actions={<Button onClick={() => setAsked(true)}>Export the exact record</Button>}
    >
      <p>
        What you read on this page is disclosed beside the record. The exact bytes are given out as an export,
        to auditors; that you asked for it is recorded in the log.
      </p>
    </StateCard>
  );
}

function ExactText({ text, hash }: { readonly text: string; readonly hash: string }): ReactElement {
  const bytes = new TextEncoder().encode(text).length;
  return (
    <div className={styles.part}>
      <p className={styles.hint}>
        {numberText(bytes)} bytes, as stored. Their leaf hash, computed here, is the one of the log:{' '}
        <code>{hash}</code>
      </p>
      <CopyButton text={text}>Copy the record</CopyButton>
      <div className={styles.whole}>
        <LongText kind="code" text={text} />
      </div>
    </div>
  );
}
