import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  type ReactElement,
  useEffect,
  useRef,
  useState,
} from 'react';
import { changeFilters, readFilters, type SearchFilters } from '../../api/search-filters.ts';
import { Button } from '../../controls/button.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { EventText } from '../../format/event-text.tsx';
import styles from './search-box.module.css';
import { type Understood, understandText } from './understand-text.ts';
import type { Search } from './use-search.ts';

/**
 * Takes anything that one may have of a remediation, says what it is understood as, and searches for it: at once when an id
 * is pasted, else with Enter. The key `/` comes here from anywhere on the page.
 */
export function SearchBox({ search }: { readonly search: Search }): ReactElement {
  const [text, setText] = useState('');
  const [others, setOthers] = useState<readonly Understood[]>([]);
  const input = useRef<HTMLInputElement>(null);
  useFocusKey(input);
  const { taken } = understandText(text);
  const apply = (given: string) => {
    const found = understandText(given);
    if (found.taken.length === 0) return;
    search.searchFor(filtersWith(search.filters, found.taken));
    setOthers(found.alternatives);
    setText('');
  };
  const paste = (event: ClipboardEvent) => {
    const pasted = event.clipboardData.getData('text/plain');
    if (text !== '' || !understandText(pasted).taken.some(isId)) return;
    event.preventDefault();
    apply(pasted);
  };
  return (
    <form
      className={styles.box}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        apply(text);
      }}
    >
      <div className={styles.line}>
        <TextField
          ref={input}
          label="Correlation id, event id, resource, alert, actor, namespace, or a pasted log line"
          placeholder="rr-3f9ab2c41d07-5e8c1a7b"
          type="search"
          value={text}
          onValueChange={setText}
          onPaste={paste}
          onKeyDown={toResults}
          autoComplete="off"
          spellCheck={false}
        />
        <Button type="submit" kind="primary">
          Search
        </Button>
      </div>
      <div className={styles.note} aria-live="polite">
        <Note text={text} taken={taken} />
      </div>
      {others.length > 0 && (
        <div className={styles.others}>
          <span>Instead search for</span>
          {others.slice(0, othersMax).map((other) => (
            <button
              key={`${other.label} ${other.text}`}
              type="button"
              className={styles.other}
              onClick={() => search.searchFor(filtersWith(search.filters, [other]))}
            >
              {other.label} <EventText text={other.text} charsMax={60} />
            </button>
          ))}
        </div>
      )}
    </form>
  );
}

const othersMax = 8;

function Note({
  text,
  taken,
}: {
  readonly text: string;
  readonly taken: readonly Understood[];
}): ReactElement {
  if (text.trim() === '') return <>Press / to come here, ↓ to go to the events, Enter to open one.</>;
  if (taken.length === 0) return <>Nothing in this text is an id or a name that can be searched for.</>;
  return (
    <>
      {'Enter searches for '}
      {taken.map(({ label, text: found }, place) => (
        <span key={`${label} ${found}`}>
          {place > 0 && ' and '}
          {label}{' '}
          <b>
            <EventText text={found} charsMax={80} />
          </b>
        </span>
      ))}
    </>
  );
}

function isId({ filters }: Understood): boolean {
  return filters.correlation_id !== undefined || filters.event_id !== undefined;
}

// An id says it all; another name narrows what is searched for, in the place of what one name can only be once.
function filtersWith(before: SearchFilters, found: readonly Understood[]): SearchFilters {
  const added = readFilters(Object.assign({}, ...found.map(({ filters }) => filters)));
  if (found.some(isId)) return added;
  const kept = changeFilters(before, { correlation_id: undefined, event_id: undefined });
  return changeFilters(kept, added);
}

function toResults(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown') return;
  const row = document.querySelector<HTMLElement>('[data-row][tabindex="0"]');
  if (row === null) return;
  event.preventDefault();
  row.focus();
}

function useFocusKey(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [input]);
}
