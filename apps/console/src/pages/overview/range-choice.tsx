import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import choice from '../../controls/choice.module.css';
import { type OverviewSearch, overviewSearch, timeRangeOf, timeRanges } from './time-range.ts';

/** Leads to the same page for another stretch of time. */
export function RangeChoice({ range, by = 'outcome' }: OverviewSearch): ReactElement {
  const shown = timeRangeOf(range);
  return (
    <nav className={choice.choice} aria-label="Time shown">
      {timeRanges.map(({ name, words }) => (
        <Link
          key={name}
          to="/"
          search={overviewSearch(name, by)}
          aria-current={name === shown.name ? 'true' : undefined}
          resetScroll={false}
          replace
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
