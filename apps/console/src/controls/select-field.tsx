import { Field } from '@base-ui/react/field';
import type { ComponentProps, ReactElement } from 'react';
import styles from './text-field.module.css';

/** Options of {@link SelectField}: those of a `select`, and its label. */
export type SelectFieldProps = Omit<ComponentProps<'select'>, 'className'> & {
  readonly label: string;
};

/** A labelled choice among a few values, as the browser draws it; give it `option` elements. */
export function SelectField({ label, ...props }: SelectFieldProps): ReactElement {
  return (
    <Field.Root className={styles.field}>
      <Field.Label className={styles.label}>{label}</Field.Label>
      <Field.Control render={<select {...props} className={styles.input} />} />
    </Field.Root>
  );
}
