import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { firstRowsQuery } from './first-rows-query.ts';
import { LiveEvents } from './live-events.tsx';
import { LiveFilter } from './live-filter.tsx';

/** What is being stored now. */
export function LivePage(): ReactElement {
  const filter = useSearch({ from: '/live' });
  const first = useQuery(firstRowsQuery(filter));
  const name = JSON.stringify(filter);
  return (
    <Page heading="Live" lead="Events in the order of the log, as soon as they are stored.">
      <LiveFilter key={name} filter={filter} />
      <Loaded query={first}>{(rows) => <LiveEvents key={name} filter={filter} first={rows} />}</Loaded>
    </Page>
  );
}
