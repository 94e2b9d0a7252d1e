import type { AuditRecord } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import tableStyles from '../../../controls/table.module.css';
import { Table } from '../../../controls/table.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { Instant } from '../../../format/instant.tsx';
import { numberText } from '../../../format/number-text.ts';
import { Loaded } from '../../../states/loaded.tsx';
import styles from './retention.module.css';
import type { RetentionRow } from './retention-clock.ts';
import { retentionQuery } from './retention-query.ts';

/** How long records are kept, what expires when, and what was purged. */
export function RetentionSection(): ReactElement {
  const query = useQuery(retentionQuery);
  return (
    <Panel heading="Retention clock" note={noteOf(query.data?.policy.is_purging)}>
      <Loaded query={query}>
        {({ policy, purges, rows }) => (
          <>
            <p className={styles.words}>
              A record is kept for {numberText(policy.default_retention_days)} days after it happened and was
              stored, unless its category or the event itself has another period. Records under legal hold
              stay. What expires loses its contents within 31 days and keeps its hash, so every proof stays.
            </p>
            <RowsTable rows={rows} />
            <h3 className={styles.heading}>Newest purges</h3>
            {purges.length === 0 ? (
              <p className={styles.words}>Nothing was purged yet.</p>
            ) : (
              <PurgesTable purges={purges} />
            )}
          </>
        )}
      </Loaded>
      <SameCommand words={['audit', 'retention', '--url', location.origin]} />
    </Panel>
  );
}

function noteOf(isPurging: boolean | undefined): string | undefined {
  if (isPurging === undefined) return undefined;
  return isPurging ? 'this server purges what has expired' : 'this server purges nothing';
}

function RowsTable({ rows }: { readonly rows: readonly RetentionRow[] }): ReactElement {
  return (
    <Table label="Periods by category">
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col" className={tableStyles.number}>
            Days
          </th>
          <th scope="col">Oldest record</th>
          <th scope="col">Expires</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ category, days, expiresAt, isKept, isOwn, oldestAt }) => (
          <tr key={category}>
            <th scope="row">
              <EventText text={category} charsMax={50} />
              {isOwn && <span className={styles.muted}> own period</span>}
            </th>
            <td className={tableStyles.number}>{isKept === true ? '' : numberText(days)}</td>
            <td>
              {oldestAt === undefined ? (
                <span className={styles.muted}>none</span>
              ) : (
                <Instant time={oldestAt} />
              )}
            </td>
            <td>
              {isKept === true && 'never: it tells of the log itself'}
              {expiresAt !== undefined && <Instant time={expiresAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function PurgesTable({ purges }: { readonly purges: readonly AuditRecord[] }): ReactElement {
  return (
    <Table label="Newest purges">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col" className={tableStyles.number}>
            Records
          </th>
        </tr>
      </thead>
      <tbody>
        {purges.map(({ event_data, event_id, event_timestamp }) => (
          <tr key={event_id}>
            <td>
              <Instant time={event_timestamp} />
            </td>
            <td className={tableStyles.number}>
              {event_data.event_type === 'datastorage.retention.purged' &&
                numberText(event_data.records_purged)}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
