import type { ReactElement, ReactNode } from 'react';
import { ToneBadge } from '../../../controls/tone-badge.tsx';
import { durationText } from '../../../format/duration-text.ts';
import { EventText } from '../../../format/event-text.tsx';
import { Instant } from '../../../format/instant.tsx';
import { numberText } from '../../../format/number-text.ts';
import type { ReadTrail } from '../use-trail.ts';
import { outcomeTones } from './outcome-tone.ts';
import styles from './story-head.module.css';
import { tellStory } from './tell-story.ts';

/** What happened in one sentence, and what one asks first: outcome, duration, resource, alert, who approved. */
export function StoryHead({ read }: { readonly read: ReadTrail }): ReactElement {
  const { trail, explanation } = read;
  const { outcome, subject, startMs, durationMs } = trail;
  const { sentence, approval, workflow } = tellStory(trail, explanation);
  const tone = outcomeTones[outcome.status];
  return (
    <section className={`${styles.head} ${styles[tone] ?? ''}`} aria-label="What happened">
      <p className={styles.sentence}>
        <EventText text={sentence} charsMax={600} />
      </p>
      <dl className={styles.facts}>
        <Fact label="Outcome">
          <ToneBadge tone={tone} word={outcome.status.replace('_', ' ')} />
        </Fact>
        <Fact label={outcome.status === 'running' ? 'Running for' : 'Duration'}>
          {durationMs === undefined ? 'unknown' : durationText(durationMs)}
        </Fact>
        <Fact label="Alert">
          <Said text={subject.alert} />
          {subject.severity !== undefined && (
            <span className={styles.sub}>
              {' '}
              <EventText text={subject.severity} charsMax={30} />
            </span>
          )}
        </Fact>
        <Fact label="Resource">
          <Said text={subject.resource} />
          {subject.namespace !== undefined && (
            <span className={styles.sub}>
              {' in '}
              <EventText text={[subject.namespace, subject.cluster].filter(Boolean).join(', ')} />
            </span>
          )}
        </Fact>
        <Fact label="Approval">
          <EventText text={approval} charsMax={120} />
        </Fact>
        <Fact label="Change">
          <Said text={workflow} />
        </Fact>
        <Fact label="Began" isWide>
          {startMs === undefined ? 'unknown' : <Instant time={new Date(startMs).toISOString()} />}
        </Fact>
        <Fact label="Events">
          {numberText(trail.steps.length)}
          <span className={styles.sub}> by {trail.lanes.length} services</span>
        </Fact>
      </dl>
      <Notes read={read} />
    </section>
  );
}

function Fact({
  label,
  isWide = false,
  children,
}: {
  readonly label: string;
  readonly isWide?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className={isWide ? styles.wide : undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Said({ text }: { readonly text: string | undefined }): ReactElement {
  if (text === undefined) return <span className={styles.sub}>not on record</span>;
  return <EventText text={text} charsMax={120} />;
}

// What limits what the page can tell.
function Notes({ read: { trail, purged } }: { readonly read: ReadTrail }): ReactElement | null {
  const notes = [
    purged > 0 && `${numberText(purged)} records were purged after their retention; they are not shown.`,
    trail.repeats > 0 && `${numberText(trail.repeats)} events came twice, word for word, and are shown once.`,
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <div className={styles.notes}>
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </div>
  );
}
