import { stylesFor } from '../output/styles.ts';
import { type Column, renderTable } from '../output/table.ts';
import type { EventTypeReference, MemberReference } from './event-type-reference.ts';

/** Writes what the contract says of one event type. */
export function renderReference(reference: EventTypeReference, hasColors: boolean): string {
  const { action, category, members, outcomes, service, title, type } = reference;
  const { bold, dim } = stylesFor(hasColors);
  const facts = `${service} · category ${category} · action ${action} · outcome ${outcomes.join(', ')}`;
  return `${bold(type)}  ${title}\n${dim(facts)}\n\n${renderTable(columns, members, hasColors)}`;
}

const columns: readonly Column<MemberReference>[] = [
  { title: 'MEMBER OF EVENT_DATA', read: ({ name }) => name },
  { title: '', read: ({ isRequired }) => (isRequired ? 'required' : '') },
  { title: 'VALUE', read: ({ kind }) => kind },
];
