import { displayText } from '@audit/schema';
import type { ReactElement } from 'react';
import { changeFilters } from '../../api/search-filters.ts';
import { Icon } from '../../controls/icon.tsx';
import { EventText } from '../../format/event-text.tsx';
import styles from './filter-chips.module.css';
import { filterWords } from './filter-words.ts';
import type { Search } from './use-search.ts';

/** What is searched for, condition by condition, each of which can be taken away. */
export function FilterChips({ search }: { readonly search: Search }): ReactElement | null {
  const { filters, searchFor } = search;
  const conditions = filterWords(filters);
  if (conditions.length === 0) return null;
  return (
    <ul className={styles.chips} aria-label="Searched for">
      {conditions.map(({ names, label, text }) => (
        <li key={label} className={styles.chip}>
          <span className={styles.words}>
            <span className={styles.label}>{label}</span> <EventText text={text} charsMax={120} />
          </span>
          <button
            type="button"
            className={styles.remove}
            aria-label={`Take away ${label} ${displayText(text, 60)}`}
            onClick={() =>
              searchFor(changeFilters(filters, Object.fromEntries(names.map((name) => [name, undefined]))))
            }
          >
            <Icon name="failure" />
          </button>
        </li>
      ))}
      {conditions.length > 1 && (
        <li>
          <button type="button" className={styles.clear} onClick={() => searchFor({})}>
            Take all away
          </button>
        </li>
      )}
    </ul>
  );
}
