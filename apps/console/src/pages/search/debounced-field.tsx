import { type ReactElement, useEffect, useRef, useState } from 'react';
import { TextField } from '../../controls/text-field.tsx';

/** Options of {@link DebouncedField}. */
export interface DebouncedFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Called when typing has paused, or ended by Enter or by leaving the field. */
  readonly change: (value: string) => void;
}

const pauseMs = 300;

/** A field whose text counts once typing pauses, so that not every letter is searched for. */
export function DebouncedField({ label, placeholder, value, change }: DebouncedFieldProps): ReactElement {
  const [typed, setTyped] = useState<string>();
  const changeNow = useRef(change);
  changeNow.current = change;
  useEffect(() => {
    if (typed === undefined) return;
    const timer = setTimeout(() => {
      changeNow.current(typed.trim());
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  const commit = () => {
    if (typed !== undefined && typed.trim() !== value) change(typed.trim());
    setTyped(undefined);
  };
  return (
    <TextField
      label={label}
      placeholder={placeholder}
      value={typed ?? value}
      onValueChange={setTyped}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
      autoComplete="off"
      spellCheck={false}
    />
  );
}
