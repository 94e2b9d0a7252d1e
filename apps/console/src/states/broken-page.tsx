import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../shell/page.tsx';
import { FailureState } from './failure-state.tsx';

/** Stands in the place of a page that failed while it was loaded or drawn. */
export function BrokenPage({ error, reset }: ErrorComponentProps): ReactElement {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Page heading="This page failed">
      <FailureState error={error} retry={retry} />
    </Page>
  );
}
