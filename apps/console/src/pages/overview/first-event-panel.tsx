import { Link } from '@tanstack/react-router';
import { type ReactElement, useId, useState } from 'react';
import { useSessionToken } from '../../api/session-token.ts';
import { Button } from '../../controls/button.tsx';
import { CopyButton } from '../../controls/copy-button.tsx';
import { Panel } from '../../controls/panel.tsx';
import { firstEvents } from './first-event.ts';
import styles from './first-event-panel.module.css';

/** Stands where no producer has sent an event yet, and helps to send one. */
export function FirstEventPanel(): ReactElement {
  const needsToken = useSessionToken() !== undefined;
  const programs = firstEvents({ url: location.origin, needsToken });
  const [place, setPlace] = useState(0);
  const id = useId();
  const program = programs[place];
  return (
    <Panel heading="Send your first event" note="this page shows it within 15 seconds">
      <div className={styles.body}>
        <p>
          The log is empty: no producer has sent an event yet. This sends one, and its{' '}
          <Link to="/live">arrival</Link> can be watched.
        </p>
        <fieldset className={styles.languages} aria-label="Language">
          {programs.map(({ language }, each) => (
            <Button
              key={language}
              aria-pressed={each === place}
              aria-controls={id}
              onClick={() => setPlace(each)}
            >
              {language}
            </Button>
          ))}
        </fieldset>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
        <pre id={id} className={styles.code} tabIndex={0}>
          <code>{program?.text}</code>
        </pre>
        <div className={styles.actions}>
          <CopyButton text={program?.text ?? ''} />
          {needsToken && (
            <p className={styles.hint}>
              <code>AUDIT_TOKEN</code> is a token with the role <code>writer</code>.
            </p>
          )}
        </div>
      </div>
    </Panel>
  );
}
