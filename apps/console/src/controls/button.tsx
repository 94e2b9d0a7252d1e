import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps, ReactElement } from 'react';
import styles from './button.module.css';

/** Options of {@link Button}: those of a button, and how much it asks to be pressed. */
export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> & {
  /** One `primary` at most in a view; default `secondary`. */
  readonly kind?: 'primary' | 'secondary';
};

/** A button. */
export function Button({ kind = 'secondary', ...props }: ButtonProps): ReactElement {
  return <BaseButton {...props} className={`${styles.button} ${styles[kind]}`} />;
}
