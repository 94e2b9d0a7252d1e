import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import choice from '../../controls/choice.module.css';
import { type OverviewSearch, overviewSearch, timeRanges } from './time-range.ts';

/** Leads to the same page for another stretch of time. */
export function RangeChoice({ by = 'outcome' }: Pick<OverviewSearch, 'by'>): ReactElement {
  return (
    <nav className={choice.choice} aria-label="Time shown">
      {timeRanges.map(({ name, words }) => (
        <Link
          key={name}
          to="/"
          search={overviewSearch(name, by)}
          activeOptions={{ exact: true }}
          resetScroll={false}
          replace
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
