import type { AuditStatistics, EventOutcome } from '@audit/schema';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Panel } from '../../controls/panel.tsx';
import table from '../../controls/table.module.css';
import { Table } from '../../controls/table.tsx';
import { EventText } from '../../format/event-text.tsx';
import { numberText } from '../../format/number-text.ts';
import { countByCategory } from './count-by-category.ts';
import type { TimeRange } from './time-range.ts';

const outcomes: readonly EventOutcome[] = ['success', 'failure', 'pending'];

/** Options of {@link CategoriesPanel}. */
export interface CategoriesPanelProps {
  readonly statistics: AuditStatistics;
  readonly range: TimeRange;
}

/** Numbers of events by category and outcome; each leads to its events. */
export function CategoriesPanel({ statistics, range }: CategoriesPanelProps): ReactElement {
  const since = range.name;
  return (
    <Panel heading="By category">
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
          {countByCategory(statistics).map((each) => (
            <tr key={each.category}>
              <th scope="row">
                <Link to="/search" search={{ since, event_category: each.category }}>
                  <EventText text={each.category} />
                </Link>
              </th>
              {outcomes.map((event_outcome) => (
                <td key={event_outcome} className={table.number}>
                  <Count
                    count={each.outcomes[event_outcome]}
                    search={{ since, event_category: each.category, event_outcome }}
                  />
                </td>
              ))}
              <td className={table.number}>{numberText(each.total)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

interface CountProps {
  readonly count: number;
  readonly search: {
    readonly since: string;
    readonly event_category: string;
    readonly event_outcome: EventOutcome;
  };
}

// Failures alone lead somewhere: a link in every cell would be a maze for who goes through them by keyboard.
function Count({ count, search }: CountProps): ReactElement {
  if (count === 0 || search.event_outcome !== 'failure') return <>{numberText(count)}</>;
  return (
    <Link to="/search" search={search}>
      {numberText(count)}
    </Link>
  );
}
