import { type FormEvent, type ReactElement, useState } from 'react';
import { Button, type ButtonProps } from '../../controls/button.tsx';
import { TextField } from '../../controls/text-field.tsx';
import styles from './correlation-form.module.css';

/** Options of {@link CorrelationForm}. */
export interface CorrelationFormProps {
  readonly label: string;
  /** Word on the button. */
  readonly action: string;
  /** Kind of the button; default `secondary`. */
  readonly kind?: ButtonProps['kind'];
  readonly placeholder?: string;
  /** Gets the id without the blanks around it; never an empty one. */
  readonly take: (correlationId: string) => void;
}

/** Takes the correlation id of a trail. */
export function CorrelationForm({
  label,
  action,
  kind = 'secondary',
  placeholder,
  take,
}: CorrelationFormProps): ReactElement {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const correlationId = text.trim();
    if (correlationId !== '') take(correlationId);
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField
        label={label}
        placeholder={placeholder}
        value={text}
        onValueChange={setText}
        autoComplete="off"
        spellCheck={false}
      />
      <Button type="submit" kind={kind}>
        {action}
      </Button>
    </form>
  );
}
