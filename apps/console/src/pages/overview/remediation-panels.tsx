import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { OutcomeBadge } from '../../controls/outcome-badge.tsx';
import { Panel } from '../../controls/panel.tsx';
import { durationText } from '../../format/duration-text.ts';
import { EventText } from '../../format/event-text.tsx';
import { remediationOutcomes } from './remediation-outcome.ts';
import styles from './remediation-panels.module.css';
import type { RecentRemediations } from './remediations-query.ts';
import { hasEnded, type Remediation } from './tell-remediation.ts';

/** Options of {@link RemediationPanels}. */
export interface RemediationPanelsProps {
  readonly remediations: RecentRemediations;
  /** Now, in milliseconds since 1970. */
  readonly nowMs: number;
}

/** The newest remediations that failed, and the newest of all; each leads to its trail. */
export function RemediationPanels({ remediations, nowMs }: RemediationPanelsProps): ReactElement {
  const { failures, newest } = remediations;
  return (
    <div className={styles.panels}>
      <Panel heading="Failed or refused" note={agesNote(failures)}>
        {failures.length === 0 ? (
          <p className={styles.none}>No remediation failed or was refused in this time.</p>
        ) : (
          <ul aria-label="Failed or refused remediations" className={styles.list}>
            {failures.map((remediation) => (
              <li key={remediation.correlationId} className={styles.failure}>
                <Head remediation={remediation} nowMs={nowMs} />
                <p className={styles.sentence}>
                  <EventText text={remediation.sentence} charsMax={240} />
                </p>
              </li>
            ))}
          </ul>
        )}
      </Panel>
      <Panel heading="Newest remediations" note={agesNote(newest)}>
        {newest.length === 0 ? (
          <p className={styles.none}>No signal came in this time.</p>
        ) : (
          <ul aria-label="Newest remediations" className={styles.list}>
            {newest.map((remediation) => (
              <li key={remediation.correlationId} className={styles.newest}>
                <Head remediation={remediation} nowMs={nowMs} />
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </div>
  );
}

function agesNote({ length }: readonly Remediation[]): string | undefined {
  return length === 0 ? undefined : 'newest first';
}

interface HeadProps {
  readonly remediation: Remediation;
  readonly nowMs: number;
}

function Head({ remediation, nowMs }: HeadProps): ReactElement {
  const { correlationId, subject, status } = remediation;
  const { outcome, words } = remediationOutcomes[status];
  const about = [subject.resource, subject.namespace].filter((text) => text !== undefined).join(' · ');
  return (
    <div className={styles.head}>
      <div className={styles.subject}>
        <Link to="/trail/$correlationId" params={{ correlationId }} className={styles.alert}>
          <EventText text={subject.alert ?? correlationId} charsMax={80} />
        </Link>
        <span className={styles.about}>
          <EventText text={about === '' ? correlationId : about} charsMax={80} />
        </span>
        {subject.alert !== undefined && (
          <span className={styles.id}>
            <EventText text={correlationId} charsMax={60} />
          </span>
        )}
      </div>
      <div className={styles.result}>
        <OutcomeBadge outcome={outcome}>{words}</OutcomeBadge>
        <Times remediation={remediation} nowMs={nowMs} />
      </div>
    </div>
  );
}

function Times({ remediation, nowMs }: HeadProps): ReactElement | null {
  const { startMs, durationMs, status } = remediation;
  if (startMs === undefined) return null;
  const span =
    durationMs === undefined
      ? hasEnded(status)
        ? undefined
        : `${durationText(Math.max(0, nowMs - startMs))} so far`
      : `took ${durationText(durationMs)}`;
  return (
    <span className={styles.times}>
      {span !== undefined && <span>{span}</span>}
      <time dateTime={new Date(startMs).toISOString()} title={new Date(startMs).toISOString()}>
        {durationText(Math.max(0, nowMs - startMs))} ago
      </time>
    </span>
  );
}
