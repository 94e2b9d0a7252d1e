import type { ReactElement } from 'react';
import { CommandLine } from '../../../controls/command-line.tsx';
import styles from './drawer-part.module.css';

/** Options of {@link CommandsPart}. */
export interface CommandsPartProps {
  readonly eventId: string;
  readonly correlationId: string;
}

/** The commands that show in a terminal what this page shows. */
export function CommandsPart({ eventId, correlationId }: CommandsPartProps): ReactElement {
  const commands = [
    ['This event', ['audit', 'show', eventId]],
    ['Its proof, verified with your own keys', ['audit', 'prove', eventId, '--key', 'log-keys.json']],
    ['Its trail', ['audit', 'trail', correlationId]],
    ['Why it went so', ['audit', 'why', correlationId]],
  ] as const;
  return (
    <div className={styles.part}>
      {commands.map(([words, command]) => (
        <div key={words} className={styles.whole}>
          <p className={styles.hint}>{words}</p>
          <CommandLine words={command} />
        </div>
      ))}
    </div>
  );
}
