import type { ProblemError } from '@audit/schema';
import type { ReactElement } from 'react';
import { ApiFailure } from '../api/api-failure.ts';
import { Button } from '../controls/button.tsx';
import { EventText } from '../format/event-text.tsx';
import type { FailureStateProps } from './failure-state.tsx';
import styles from './problem-state.module.css';
import { StateCard } from './state-card.tsx';

/** Shows the problem document of a refused request, or an error of the console itself. */
export function ProblemState({ error, retry }: FailureStateProps): ReactElement {
  const problem = error instanceof ApiFailure ? error.problem : undefined;
  const message = error instanceof Error ? error.message : String(error);
  return (
    <StateCard
      icon="warning"
      tone="failure"
      heading={problem === undefined ? 'This could not be shown' : problem.title}
      actions={<Button onClick={retry}>Try again</Button>}
    >
      <p>
        <EventText text={message} charsMax={500} />
      </p>
      {problem?.errors !== undefined && <Faults errors={problem.errors} />}
      {problem !== undefined && (
        <p>
          <code>
            {problem.status} <EventText text={problem.type} />
          </code>
        </p>
      )}
    </StateCard>
  );
}

const faultsMax = 20;

function Faults({ errors }: { readonly errors: readonly ProblemError[] }): ReactElement {
  return (
    <ul className={styles.faults}>
      {errors.slice(0, faultsMax).map((fault) => (
        <li key={`${fault.pointer} ${fault.message}`}>
          <code>
            <EventText text={fault.pointer} />
          </code>{' '}
          <EventText text={fault.message} charsMax={500} />
        </li>
      ))}
      {errors.length > faultsMax && <li>and {errors.length - faultsMax} more</li>}
    </ul>
  );
}
