import { type DragEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { parseTrustedKeys, type TrustedKeys } from './parse-trusted-keys.ts';
import styles from './trust-panel.module.css';
import { trustedKeysText } from './trusted-keys.ts';

/** Takes the public keys that the person trusts, by typing, pasting or dropping a file. */
export function TrustPanel(): ReactElement {
  const text = trustedKeysText.use();
  const trusted = parseTrustedKeys(text);
  const id = useId();
  const [isDropping, setDropping] = useState(false);
  const drop = async (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    const texts = await Promise.all([...event.dataTransfer.files].map((file) => file.text()));
    if (texts.length > 0) trustedKeysText.write(texts.join('\n'));
  };
  return (
    <Panel heading="Keys you trust" note={countText(trusted)}>
      <div className={styles.body}>
        <label className={styles.label} htmlFor={id}>
          Public keys of the log and of witnesses, one on a line
        </label>
        <textarea
          id={id}
          className={styles.area}
          value={text}
          onChange={({ target }) => trustedKeysText.write(target.value)}
          placeholder="audit.example/log+72b5e219+AcTF…"
          spellCheck={false}
          autoComplete="off"
          aria-describedby={`${id}-hint ${id}-fault`}
          aria-invalid={trusted.faults.length > 0}
          data-dropping={isDropping ? '' : undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setDropping(true);
          }}
          onDragLeave={() => setDropping(false)}
          onDrop={(event) => void drop(event)}
        />
        <p id={`${id}-hint`} className={styles.hint}>
          Get them from somebody else than this server, or drop the file you were given. They stay in this
          browser.
        </p>
        <div id={`${id}-fault`} role="status">
          {trusted.faults.slice(0, 3).map((fault) => (
            <p key={fault} className={styles.fault}>
              {fault}
            </p>
          ))}
        </div>
        {text !== '' && (
          <div>
            <Button onClick={() => trustedKeysText.write('')}>Forget the keys</Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

function countText({ keys, witnesses }: TrustedKeys): string {
  if (keys.length + witnesses.length === 0) return 'none yet: those of the server are used';
  return `${counted(keys.length, 'log key')}, ${counted(witnesses.length, 'witness', 'witnesses')}`;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? one : many}`;
}
