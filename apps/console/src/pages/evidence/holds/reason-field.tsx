import type { ReactElement } from 'react';
import { TextField, type TextFieldProps } from '../../../controls/text-field.tsx';

const reasonCharsMax = 4096;

/** Takes why a hold is placed or released. */
export function ReasonField(
  props: Pick<TextFieldProps, 'name' | 'value' | 'onValueChange' | 'placeholder' | 'fault'>,
): ReactElement {
  return (
    <TextField
      {...props}
      label="Reason"
      autoComplete="off"
      maxLength={reasonCharsMax}
      hint="Kept for ever, so it must not name people."
    />
  );
}
