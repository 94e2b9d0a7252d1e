import { type ReactElement, useState } from 'react';
import { Button } from '../../controls/button.tsx';
import { EventText } from '../../format/event-text.tsx';
import { instantText } from '../../format/instant-text.ts';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { FailureState } from '../../states/failure-state.tsx';
import { ChooseRun } from './compare/choose-run.tsx';
import { CompareSection } from './compare/compare-section.tsx';
import { EventDrawer } from './drawer/event-drawer.tsx';
import { ReadingProgress } from './reading-progress.tsx';
import { DecisionPath } from './story/decision-path.tsx';
import { FailuresPanel } from './story/failures-panel.tsx';
import { StoryHead } from './story/story-head.tsx';
import styles from './trail-page.module.css';
import { type ReadTrail, useTrail } from './use-trail.ts';
import { type TrailView, useTrailView } from './use-trail-view.ts';
import { Waterfall } from './waterfall/waterfall.tsx';

/** One remediation as a story: what happened, what failed, why it was decided so, and every event on the way. */
export function TrailPage(): ReactElement {
  const view = useTrailView();
  const [isChoosing, setChoosing] = useState(false);
  const { correlationId } = view;
  const reading = useTrail(correlationId);
  const { read } = reading;
  return (
    <Page
      heading="Trail"
      lead={
        <span className={styles.id}>
          <EventText text={correlationId} charsMax={300} />
          {read !== undefined &&
            `, read at ${instantText(new Date(read.readMs).toISOString())?.utc.slice(11, 19)} UTC`}
        </span>
      }
      actions={
        read !== undefined && (
          <>
            <Button onClick={reading.again} disabled={reading.isReading}>
              Read again
            </Button>
            <Button onClick={() => setChoosing(!isChoosing)} aria-expanded={isChoosing}>
              Compare
            </Button>
          </>
        )
      }
    >
      {reading.error !== null && <FailureState error={reading.error} retry={reading.again} />}
      {reading.isEmpty && (
        <EmptyState heading="No event has this correlation id">
          Check the id, or whether its records were purged after their retention.
        </EmptyState>
      )}
      {read === undefined && !reading.isEmpty && reading.error === null && (
        <ReadingProgress reading={reading} />
      )}
      {read !== undefined && (
        <>
          {isChoosing && (
            <ChooseRun
              read={read}
              choose={(other) => {
                setChoosing(false);
                view.compareWith(other);
              }}
            />
          )}
          <Told read={read} view={view} />
        </>
      )}
    </Page>
  );
}

function Told({ read, view }: { readonly read: ReadTrail; readonly view: TrailView }): ReactElement {
  const { trail, explanation } = read;
  return (
    <>
      <StoryHead read={read} />
      <FailuresPanel failures={explanation.failures} deciding={trail.outcome.step} view={view} />
      {view.with !== undefined && (
        <CompareSection first={read} other={view.with} close={() => view.compareWith(undefined)} />
      )}
      <section className={styles.path} aria-labelledby="decision-path">
        <h2 id="decision-path">How it was decided</h2>
        <DecisionPath trail={trail} explanation={explanation} view={view} />
      </section>
      <Waterfall trail={trail} view={view} />
      <EventDrawer trail={trail} view={view} />
    </>
  );
}
