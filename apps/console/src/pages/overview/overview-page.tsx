import type { AuditStatistics } from '@audit/schema';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Panel } from '../../controls/panel.tsx';
import table from '../../controls/table.module.css';
import { Table } from '../../controls/table.tsx';
import { EventText } from '../../format/event-text.tsx';
import { numberText } from '../../format/number-text.ts';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { countByCategory } from './count-by-category.ts';
import { statisticsQuery } from './statistics-query.ts';

/** What happened lately, in numbers. */
export function OverviewPage(): ReactElement {
  const query = useQuery(statisticsQuery);
  return (
    <Page heading="Overview" lead="Events of the last 24 hours, by category and outcome.">
      <Loaded query={query}>
        {(statistics) =>
          statistics.total === 0 ? (
            <EmptyState heading="No event in 24 hours">
              Nothing happened in this time, or no producer reaches the server.
            </EmptyState>
          ) : (
            <Categories statistics={statistics} />
          )
        }
      </Loaded>
    </Page>
  );
}

function Categories({ statistics }: { readonly statistics: AuditStatistics }): ReactElement {
  const note = `${numberText(statistics.total)} events${statistics.is_capped ? ', the newest only' : ''}`;
  return (
    <Panel heading="By category" note={note}>
      <Table label="Events by category and outcome">
        <thead>
          <tr>
            <th scope="col">Category</th>
            {['Success', 'Failure', 'Pending', 'All'].map((name) => (
              <th key={name} scope="col" className={table.number}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {countByCategory(statistics).map(({ category, outcomes, total }) => (
            <tr key={category}>
              <th scope="row">
                <EventText text={category} />
              </th>
              {[outcomes.success, outcomes.failure, outcomes.pending, total].map((count, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its position
                <td key={column} className={table.number}>
                  {numberText(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
