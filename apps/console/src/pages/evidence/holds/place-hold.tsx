import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { Button } from '../../../controls/button.tsx';
import { Panel } from '../../../controls/panel.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { TextField } from '../../../controls/text-field.tsx';
import { FailureState } from '../../../states/failure-state.tsx';
import styles from './holds.module.css';
import { holdsKey } from './holds-query.ts';
import { ReasonField } from './reason-field.tsx';

/** Places a legal hold on a correlation, with the reason. */
export function PlaceHold({ correlation = '' }: { readonly correlation?: string | undefined }): ReactElement {
  const [id, setId] = useState(correlation);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const queries = useQueryClient();
  const placing = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/v1/audit/legal-hold', { body: { correlation_id: id, reason: reason.trim() } })),
    onSuccess: () => {
      setId('');
      setReason('');
      setTried(false);
      return queries.invalidateQueries({ queryKey: holdsKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (id !== '' && reason.trim() !== '') placing.mutate();
  };
  return (
    <Panel heading="Place a hold" note="needs the role custodian or admin">
      <form className={styles.form} onSubmit={submit} noValidate>
        <TextField
          label="Correlation id"
          name="correlation"
          value={id}
          onValueChange={(text) => setId(text.trim())}
          placeholder="rr-3f9ab2c41d07-5e8c1a7b"
          autoComplete="off"
          spellCheck={false}
          maxLength={255}
          fault={isTried && id === '' ? 'Which correlation?' : undefined}
        />
        <ReasonField
          name="reason"
          value={reason}
          onValueChange={setReason}
          placeholder="case 2026-114"
          fault={isTried && reason.trim() === '' ? 'A hold needs a reason.' : undefined}
        />
        <div className={styles.submit}>
          <Button type="submit" kind="primary" disabled={placing.isPending}>
            Place hold
          </Button>
        </div>
      </form>
      {placing.error !== null && (
        <div className={styles.failure}>
          <FailureState error={placing.error} retry={() => placing.mutate()} />
        </div>
      )}
      <SameCommand
        words={[
          ...['audit', 'hold', 'place', id || 'CORRELATION'],
          ...['--reason', reason.trim() || 'REASON', '--url', location.origin],
        ]}
      />
    </Panel>
  );
}
