import { defaultStringifySearch } from '@tanstack/react-router';
import type { ComponentProps, ReactElement } from 'react';
import { onPlainClick } from '../../controls/plain-click.ts';
import type { TrailView } from './use-trail-view.ts';

/** Options of {@link EventLink}: those of a link, and the event that it opens. */
export type EventLinkProps = Omit<ComponentProps<'a'>, 'href' | 'onClick'> & {
  readonly view: TrailView;
  readonly eventId: string;
};

/** Opens the drawer of an event; as an address it can be copied and opened elsewhere. */
export function EventLink({ view, eventId, ...props }: EventLinkProps): ReactElement {
  const search = defaultStringifySearch({
    ...(view.with !== undefined && { with: view.with }),
    event: eventId,
  });
  return <a {...props} href={search} onClick={onPlainClick(() => view.openEvent(eventId))} />;
}
