import type { ReactElement } from 'react';
import type { ApiFailure } from '../api/api-failure.ts';
import { Button } from '../controls/button.tsx';
import { EventText } from '../format/event-text.tsx';
import { StateCard } from './state-card.tsx';

/** Options of {@link UnavailableState}. */
export interface UnavailableStateProps {
  readonly failure: ApiFailure;
  readonly retry: () => void;
}

/** Says that the server cannot be reached or cannot answer now. */
export function UnavailableState({ failure, retry }: UnavailableStateProps): ReactElement {
  const heading =
    failure.kind === 'unreachable' ? 'The server cannot be reached' : 'The server cannot answer now';
  return (
    <StateCard
      icon="unplugged"
      tone="failure"
      heading={heading}
      actions={
        <Button kind="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      {failure.problem === undefined ? (
        <p>It did not answer. Accepted events are kept meanwhile: this page only cannot read them.</p>
      ) : (
        <p>
          <EventText text={failure.problem.detail} charsMax={500} />
        </p>
      )}
    </StateCard>
  );
}
