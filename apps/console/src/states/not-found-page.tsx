import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../shell/page.tsx';
import { StateCard } from './state-card.tsx';

/** Stands at an address that is no page. */
export function NotFoundPage(): ReactElement {
  return (
    <Page heading="Not found">
      <StateCard icon="empty" heading="There is no page at this address">
        <p>
          Go to the <Link to="/">overview</Link>, or <Link to="/search">search</Link> for what you look for.
        </p>
      </StateCard>
    </Page>
  );
}
