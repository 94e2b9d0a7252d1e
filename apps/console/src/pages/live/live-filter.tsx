import { eventsByService } from '@audit/schema';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent, ReactElement } from 'react';
import { readFilters, type SearchFilters } from '../../api/search-filters.ts';
import { Button } from '../../controls/button.tsx';
import { SelectField } from '../../controls/select-field.tsx';
import { TextField } from '../../controls/text-field.tsx';
import styles from './live-page.module.css';

const definitions = Object.values(eventsByService).flatMap((table) => Object.values(table));
const categories = [...new Set(definitions.map(({ category }) => category))].toSorted();
const types = definitions.map(({ type }) => type).toSorted();

/** Which events are shown; kept in the address. A choice counts at once, a text when it is sent. */
export function LiveFilter({ filter }: { readonly filter: SearchFilters }): ReactElement {
  const navigate = useNavigate();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const texts = Object.fromEntries(new FormData(event.currentTarget));
    void navigate({ to: '/live', search: readFilters({ ...filter, ...texts }), replace: true });
  };
  return (
    <form className={styles.filter} onSubmit={submit} aria-label="Filter">
      <Choice name="event_category" label="Category" values={categories} filter={filter} />
      <Choice
        name="event_outcome"
        label="Outcome"
        values={['success', 'failure', 'pending']}
        filter={filter}
      />
      <Choice name="event_type" label="Type" values={types} filter={filter} />
      <TextField
        name="correlation_id"
        label="Correlation id"
        defaultValue={filter.correlation_id}
        autoComplete="off"
        spellCheck={false}
      />
      <TextField name="namespace" label="Namespace" defaultValue={filter.namespace} autoComplete="off" />
      <Button type="submit">Apply</Button>
    </form>
  );
}

interface ChoiceProps {
  readonly name: 'event_category' | 'event_outcome' | 'event_type';
  readonly label: string;
  readonly values: readonly string[];
  readonly filter: SearchFilters;
}

function Choice({ name, label, values, filter }: ChoiceProps): ReactElement {
  const chosen = filter[name];
  // An address can name a type of a service outside the contract.
  const all = chosen === undefined || values.includes(chosen) ? values : [chosen, ...values];
  return (
    <SelectField
      name={name}
      label={label}
      defaultValue={chosen ?? ''}
      onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
    >
      <option value="">any</option>
      {all.map((value) => (
        <option key={value}>{value}</option>
      ))}
    </SelectField>
  );
}
