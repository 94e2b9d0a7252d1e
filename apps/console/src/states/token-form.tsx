import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { setSessionToken, useSessionToken } from '../api/session-token.ts';
import { Button } from '../controls/button.tsx';
import { TextField } from '../controls/text-field.tsx';
import styles from './token-form.module.css';

/** Takes the bearer token of the session or forgets it, and asks everything again. */
export function TokenForm({ onChange }: { readonly onChange?: () => void }): ReactElement {
  const queries = useQueryClient();
  const known = useSessionToken();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string>();
  const change = (token: string | undefined) => {
    setSessionToken(token);
    setText('');
    // Nothing that one caller was shown is kept for the next.
    void queries.resetQueries();
    onChange?.();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultOf(text.trim());
    setFault(found);
    if (found === undefined) change(text.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label="Bearer token"
        name="token"
        type="password"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onValueChange={setText}
        hint="Kept in this tab alone, until it is closed."
        fault={fault}
      />
      <div className={styles.buttons}>
        <Button type="submit" kind="primary">
          Use this token
        </Button>
        {known !== undefined && <Button onClick={() => change(undefined)}>Forget the token</Button>}
      </div>
    </form>
  );
}

// RFC 6750, section 2.1: anything else could not be sent as a header.
function faultOf(token: string): string | undefined {
  if (token === '') return 'Enter a token.';
  return /^[\w.~+/-]+=*$/.test(token)
    ? undefined
    : 'A token has letters, digits and -._~+/ only. Copy it again, without “Bearer”.';
}
