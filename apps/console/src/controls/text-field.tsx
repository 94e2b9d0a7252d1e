import { Field } from '@base-ui/react/field';
import type { ComponentProps, ReactElement } from 'react';
import styles from './text-field.module.css';

/** Options of {@link TextField}: those of an input, and the texts around it. */
export type TextFieldProps = Omit<ComponentProps<typeof Field.Control>, 'className'> & {
  readonly label: string;
  /** What to know before typing. */
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly fault?: string | undefined;
};

/** A labelled line of text. */
export function TextField({ label, hint, fault, ...props }: TextFieldProps): ReactElement {
  return (
    <Field.Root className={styles.field} invalid={fault !== undefined}>
      <Field.Label className={styles.label}>{label}</Field.Label>
      <Field.Control {...props} className={styles.input} />
      {hint !== undefined && <Field.Description className={styles.hint}>{hint}</Field.Description>}
      <Field.Error className={styles.fault} match={fault !== undefined}>
        {fault}
      </Field.Error>
    </Field.Root>
  );
}
