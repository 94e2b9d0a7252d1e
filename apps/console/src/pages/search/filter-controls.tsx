import { type EventDefinition, eventsByService } from '@audit/schema';
import type { ReactElement } from 'react';
import { changeFilters, type FilterName } from '../../api/search-filters.ts';
import { DebouncedField } from './debounced-field.tsx';
import styles from './filter-controls.module.css';
import type { Search } from './use-search.ts';

const definitions = Object.values(eventsByService).flatMap((table) => Object.values<EventDefinition>(table));
const categories = [...new Set(definitions.map(({ category }) => category))].toSorted();
const spans = [
  ['15m', 'last 15 minutes'],
  ['1h', 'last hour'],
  ['24h', 'last 24 hours'],
  ['7d', 'last 7 days'],
  ['30d', 'last 30 days'],
] as const;

const moreFields = [
  ['since', 'From (UTC)', '2026-01-15T10:30:00Z'],
  ['until', 'Until (UTC)', '2026-01-15T11:00:00Z'],
  ['severity', 'Severity', 'critical'],
  ['actor_id', 'Actor', 'marta.keller@example.com'],
  ['resource_id', 'Resource id', ''],
  ['namespace', 'Namespace', 'payments'],
  ['cluster_name', 'Cluster', 'prod-eu-1'],
] as const;

const moreNames: readonly FilterName[] = [...moreFields.map(([name]) => name), 'detail_key'];

/** The filters that one sets by hand: time, category, type and outcome, and behind “More filters” the rest. */
export function FilterControls({ search }: { readonly search: Search }): ReactElement {
  const { filters, searchFor } = search;
  const set = (name: FilterName) => (value: string) =>
    searchFor(changeFilters(filters, { [name]: value === '' ? undefined : value }));
  const types = definitions.filter(
    ({ category }) => filters.event_category === undefined || category === filters.event_category,
  );
  const isSpan = spans.some(([span]) => span === filters.since);
  return (
    <div className={styles.controls}>
      <div className={styles.fields}>
        <Select
          label="Time"
          value={filters.since === undefined || isSpan ? (filters.since ?? '') : 'exact'}
          choose={(value) =>
            searchFor(changeFilters(filters, { since: value || undefined, until: undefined }))
          }
          choices={[
            ['', 'any time'],
            ...spans,
            ...(filters.since !== undefined && !isSpan ? ([['exact', 'exact']] as const) : []),
          ]}
        />
        <Select
          label="Category"
          value={filters.event_category ?? ''}
          choose={(value) =>
            searchFor(changeFilters(filters, { event_category: value, event_type: undefined }))
          }
          choices={[['', 'any category'], ...categories.map((name) => [name, name] as const)]}
        />
        <Select
          label="Type"
          value={filters.event_type ?? ''}
          choose={set('event_type')}
          choices={[
            ['', 'any type'],
            ...withChosen(
              types.map(({ type }) => type),
              filters.event_type,
            ).map((type) => [type, type] as const),
          ]}
        />
        <Select
          label="Outcome"
          value={filters.event_outcome ?? ''}
          choose={set('event_outcome')}
          choices={[
            ['', 'any outcome'],
            ['failure', 'failure'],
            ['pending', 'pending'],
            ['success', 'success'],
          ]}
        />
      </div>
      <details
        className={styles.more}
        open={
          moreNames.some(
            (name) => filters[name] !== undefined && name !== 'detail_key' && !(name === 'since' && isSpan),
          ) || undefined
        }
      >
        <summary>More filters</summary>
        <div className={styles.fields}>
          {moreFields.map(([name, label, placeholder]) => (
            <DebouncedField
              key={name}
              label={label}
              placeholder={placeholder}
              value={filters[name] ?? ''}
              change={set(name)}
            />
          ))}
          <DebouncedField
            label="Payload member"
            placeholder="alert_name=HighErrorRate"
            value={filters.detail_key === undefined ? '' : `${filters.detail_key}=${filters.detail_value}`}
            change={(text) => searchFor(changeFilters(filters, memberOf(text)))}
          />
        </div>
      </details>
    </div>
  );
}

function memberOf(text: string) {
  const [, key, value] = /^\s*([A-Za-z0-9_]{1,100})\s*=\s*(.+)$/s.exec(text) ?? [];
  return { detail_key: key, detail_value: value };
}

// A producer may have types of its own.
function withChosen(types: readonly string[], chosen: string | undefined): readonly string[] {
  return chosen === undefined || types.includes(chosen) ? types : [chosen, ...types];
}

function Select({
  label,
  value,
  choose,
  choices,
}: {
  readonly label: string;
  readonly value: string;
  readonly choose: (value: string) => void;
  readonly choices: readonly (readonly [value: string, words: string])[];
}): ReactElement {
  return (
    <label className={styles.field}>
      {label}
      <select className={styles.select} value={value} onChange={(event) => choose(event.target.value)}>
        {choices.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
}
