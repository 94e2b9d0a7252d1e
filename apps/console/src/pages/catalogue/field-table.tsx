import type { ReactElement } from 'react';
import { Table } from '../../controls/table.tsx';
import type { Field } from './event-reference.ts';
import styles from './event-type-page.module.css';

/** Options of {@link FieldTable}. */
export interface FieldTableProps {
  readonly label: string;
  readonly fields: readonly Field[];
}

/** Members with their types, whether they must be there, and what they mean. */
export function FieldTable({ label, fields }: FieldTableProps): ReactElement {
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col">Member</th>
          <th scope="col">Type</th>
          <th scope="col">Meaning</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <FieldRow key={field.path} field={field} />
        ))}
      </tbody>
    </Table>
  );
}

function FieldRow({ field }: { readonly field: Field }): ReactElement {
  const { path, type, isRequired, values, description, personal, personalWhen } = field;
  return (
    <tr>
      <th scope="row" className={styles.member}>
        <code>{path}</code>
        {isRequired && <span className={styles.required}>required</span>}
        {personal !== undefined && (
          <span className={styles.personal}>
            personal data: {personal}
            {personalWhen !== undefined && `, when ${personalWhen}`}
          </span>
        )}
      </th>
      <td className={styles.type}>{type}</td>
      <td className={styles.meaning}>
        {description}
        {values.length > 0 && (
          <ul className={styles.values} aria-label="Values">
            {values.map((value) => (
              <li key={value}>
                <code>{value}</code>
              </li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}
