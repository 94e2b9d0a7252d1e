import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Panel } from '../../controls/panel.tsx';
import { EventText } from '../../format/event-text.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { CorrelationForm } from './correlation-form.tsx';
import { newestTrailsQuery } from './newest-trails-query.ts';
import styles from './trails-page.module.css';

/** Asks for the correlation id of a trail, and offers those of the newest events. */
export function TrailsPage(): ReactElement {
  const query = useQuery(newestTrailsQuery);
  return (
    <Page heading="Trail" lead="Everything that was done about one alert, from the signal to its end.">
      <OpenTrail />
      <Loaded query={query}>
        {({ data }) => {
          const ids = [...new Set(data.map(({ correlation_id }) => correlation_id))];
          return ids.length === 0 ? (
            <EmptyState heading="There is no trail yet">No producer has sent an event.</EmptyState>
          ) : (
            <Panel heading="Trails of the newest events">
              <ul className={styles.trails}>
                {ids.map((correlationId) => (
                  <li key={correlationId}>
                    <Link to="/trail/$correlationId" params={{ correlationId }}>
                      <EventText text={correlationId} />
                    </Link>
                  </li>
                ))}
              </ul>
            </Panel>
          );
        }}
      </Loaded>
    </Page>
  );
}

function OpenTrail(): ReactElement {
  const navigate = useNavigate();
  return (
    <CorrelationForm
      label="Correlation id"
      placeholder="rr-3f9ab2c41d07-5e8c1a7b"
      action="Open"
      kind="primary"
      take={(correlationId) => void navigate({ to: '/trail/$correlationId', params: { correlationId } })}
    />
  );
}
