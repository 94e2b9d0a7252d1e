import type { LegalHold } from '@audit/schema';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactElement, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { chosen } from '../../../controls/chosen.ts';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { SelectField } from '../../../controls/select-field.tsx';
import tableStyles from '../../../controls/table.module.css';
import { Table } from '../../../controls/table.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { Instant } from '../../../format/instant.tsx';
import { numberText } from '../../../format/number-text.ts';
import { EmptyState } from '../../../states/empty-state.tsx';
import { FailureState } from '../../../states/failure-state.tsx';
import { RowsSkeleton } from '../../../states/rows-skeleton.tsx';
import styles from './holds.module.css';
import { type HoldStatus, holdsQuery } from './holds-query.ts';
import { PlaceHold } from './place-hold.tsx';
import { ReleaseDialog } from './release-dialog.tsx';

const statuses = ['active', 'all'] as const satisfies readonly HoldStatus[];

/** Legal holds: who placed which when and why, and what ended them. */
export function HoldsSection({ correlation }: { readonly correlation: string | undefined }): ReactElement {
  const [status, setStatus] = useState<HoldStatus>('active');
  const query = useInfiniteQuery(holdsQuery(status));
  const holds = query.data?.pages.flatMap((page) => page.holds) ?? [];
  const total = query.data?.pages[0]?.total;
  return (
    <>
      <PlaceHold correlation={correlation} />
      <Panel
        heading={status === 'active' ? 'Holds in force' : 'All holds'}
        note={total === undefined ? undefined : numberText(total)}
      >
        <div className={styles.bar}>
          <SelectField
            label="Show"
            value={status}
            onChange={({ target }) => setStatus(chosen(statuses, target.value))}
          >
            <option value="active">Holds in force</option>
            <option value="all">Released ones, too</option>
          </SelectField>
        </div>
        {query.error !== null && (
          <div className={styles.failure}>
            <FailureState error={query.error} retry={() => void query.refetch()} />
          </div>
        )}
        {query.isPending && <RowsSkeleton rows={3} />}
        {query.isSuccess && holds.length === 0 && (
          <div className={styles.empty}>
            <EmptyState heading="No hold is in force">
              A hold keeps every record of a correlation, those that come later included, until it is
              released.
            </EmptyState>
          </div>
        )}
        {holds.length > 0 && <HoldsTable holds={holds} />}
        {query.hasNextPage && (
          <div className={styles.more}>
            <Button onClick={() => void query.fetchNextPage()} disabled={query.isFetchingNextPage}>
              Show older
            </Button>
          </div>
        )}
        <SameCommand
          words={[
            ...['audit', 'hold', 'list', ...(status === 'all' ? ['--all'] : [])],
            ...['--url', location.origin],
          ]}
        />
      </Panel>
    </>
  );
}

function HoldsTable({ holds }: { readonly holds: readonly LegalHold[] }): ReactElement {
  return (
    <Table label="Legal holds">
      <thead>
        <tr>
          <th scope="col">Correlation</th>
          <th scope="col">Reason</th>
          <th scope="col">Placed</th>
          <th scope="col" className={tableStyles.number}>
            Records
          </th>
          <th scope="col">Released</th>
        </tr>
      </thead>
      <tbody>
        {holds.map((hold) => (
          <HoldRow key={hold.placed_sequence} hold={hold} />
        ))}
      </tbody>
    </Table>
  );
}

function HoldRow({ hold }: { readonly hold: LegalHold }): ReactElement {
  const { correlation_id: correlationId, events_affected, placed_at, placed_by, reason } = hold;
  return (
    <tr>
      <th scope="row">
        <Link to="/trail/$correlationId" params={{ correlationId }}>
          <EventText text={correlationId} charsMax={60} />
        </Link>
      </th>
      <td className={styles.reason}>
        <EventText text={reason} charsMax={500} />
      </td>
      <td>
        <Done by={placed_by} at={placed_at} />
      </td>
      <td className={tableStyles.number}>{numberText(events_affected)}</td>
      <td>
        {hold.status === 'active' ? (
          <ReleaseDialog hold={hold} />
        ) : (
          <>
            <Done by={hold.released_by ?? ''} at={hold.released_at ?? ''} />
            <span className={`${styles.who} ${styles.muted}`}>
              <EventText text={hold.release_reason ?? ''} charsMax={500} />
            </span>
          </>
        )}
      </td>
    </tr>
  );
}

function Done({ at, by }: { readonly at: string; readonly by: string }): ReactElement {
  return (
    <>
      <span className={styles.who}>
        <EventText text={by} charsMax={80} />
      </span>
      <Instant time={at} />
    </>
  );
}
