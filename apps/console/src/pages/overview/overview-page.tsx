import type { AuditStatus } from '@audit/schema';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { ReactElement, ReactNode } from 'react';
import { statusQuery } from '../../api/status-query.ts';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { CategoriesPanel } from './categories-panel.tsx';
import { FirstEventPanel } from './first-event-panel.tsx';
import { hasProducersQuery, ownRecordsMax } from './has-producers-query.ts';
import { HealthPanel } from './health-panel.tsx';
import { RangeChoice } from './range-choice.tsx';
import { RemediationPanels } from './remediation-panels.tsx';
import { remediationsQuery } from './remediations-query.ts';
import { statisticsQuery } from './statistics-query.ts';
import { timeRangeOf, type timeRanges } from './time-range.ts';
import { VolumePanel } from './volume-panel.tsx';

/** What was done lately, what failed, and whether the record of it is in order; each part leads to its events. */
export function OverviewPage(): ReactElement {
  const search = useSearch({ from: '/' });
  const range = timeRangeOf(search.range);
  const status = useQuery(statusQuery);
  // Asked for at once, not when the status has come.
  useQuery(statisticsQuery(range));
  useQuery(remediationsQuery(range));
  return (
    <Page
      heading="Overview"
      lead="What was done about alerts, and whether the record of it is in order."
      actions={<RangeChoice {...(search.by && { by: search.by })} />}
    >
      <Loaded query={status}>{(data) => <Overview status={data} range={range} />}</Loaded>
    </Page>
  );
}

type Range = (typeof timeRanges)[number];

interface OverviewProps {
  readonly status: AuditStatus;
  readonly range: Range;
}

function Overview({ status, range }: OverviewProps): ReactElement {
  const isSmall = status.log !== undefined && status.log.size <= ownRecordsMax;
  const hasProducers = useQuery({ ...hasProducersQuery, enabled: isSmall });
  if (isSmall && hasProducers.data === false) {
    return (
      <>
        <FirstEventPanel />
        <HealthPanel status={status} />
      </>
    );
  }
  return (
    <>
      <Remediations status={status} range={range} />
      <HealthPanel status={status} />
      <Volume range={range} />
    </>
  );
}

function Remediations({ status, range }: OverviewProps): ReactElement {
  const query = useQuery(remediationsQuery(range));
  return (
    <Part query={query}>
      {(remediations) => (
        <RemediationPanels remediations={remediations} nowMs={Date.parse(status.timestamp)} />
      )}
    </Part>
  );
}

function Volume({ range }: { readonly range: Range }): ReactElement {
  const query = useQuery(statisticsQuery(range));
  const { by = 'outcome' } = useSearch({ from: '/' });
  return (
    <Part query={query}>
      {(statistics) =>
        statistics.total === 0 ? (
          <EmptyState heading={`No event in ${range.words}`}>
            Nothing happened in this time, or no producer reaches the server.{' '}
            <Link to="/" search={{ range: '30d' }}>
              Look at 30 days
            </Link>
            .
          </EmptyState>
        ) : (
          <>
            <VolumePanel statistics={statistics} range={range.name} by={by} />
            <CategoriesPanel statistics={statistics} range={range} />
          </>
        )
      }
    </Part>
  );
}

interface PartProps<Data> {
  readonly query: UseQueryResult<Data>;
  readonly children: (data: Data) => ReactNode;
}

// Where the whole server is away, the page says it once, by its first query.
function Part<Data>({ query, children }: PartProps<Data>): ReactElement {
  const page = useQuery(statusQuery);
  if (page.error !== null) return <>{query.data !== undefined && children(query.data)}</>;
  return <Loaded query={query}>{children}</Loaded>;
}
