import type { ReactElement } from 'react';
import type { ApiFailure } from '../api/api-failure.ts';
import { useSessionToken } from '../api/session-token.ts';
import { EventText } from '../format/event-text.tsx';
import { StateCard } from './state-card.tsx';
import { TokenForm } from './token-form.tsx';

/** Options of {@link NotAuthorisedState}. */
export interface NotAuthorisedStateProps {
  readonly failure: ApiFailure;
  readonly retry: () => void;
}

/** Says that the server does not know who asks, or that he may not, and takes a token. */
export function NotAuthorisedState({ failure, retry }: NotAuthorisedStateProps): ReactElement {
  const isUnknown = failure.kind === 'unauthenticated';
  const hasToken = useSessionToken() !== undefined;
  return (
    <StateCard
      icon="lock"
      heading={isUnknown ? 'Say who you are' : 'You may not see this'}
      actions={<TokenForm onChange={retry} />}
    >
      {hasToken && (
        <p>
          <EventText text={failure.message} charsMax={500} />
        </p>
      )}
      <p>
        {isUnknown
          ? 'This server shows events only to who has a token of its access policy.'
          : 'Ask who operates the server for the role, or use another token.'}
      </p>
    </StateCard>
  );
}
