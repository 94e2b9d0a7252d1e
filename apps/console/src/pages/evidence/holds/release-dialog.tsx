import type { LegalHold } from '@audit/schema';
import { Dialog } from '@base-ui/react/dialog';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactElement, useState } from 'react';
import { answerOf } from '../../../api/answer-of.ts';
import { api } from '../../../api/api.ts';
import { Button } from '../../../controls/button.tsx';
import { SameCommand } from '../../../controls/same-command.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { FailureState } from '../../../states/failure-state.tsx';
import styles from './holds.module.css';
import { holdsKey } from './holds-query.ts';
import { ReasonField } from './reason-field.tsx';

/** Asks for the reason to release a hold, and releases it. */
export function ReleaseDialog({ hold }: { readonly hold: LegalHold }): ReactElement {
  const { correlation_id } = hold;
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [isTried, setTried] = useState(false);
  const queries = useQueryClient();
  const releasing = useMutation({
    mutationFn: () =>
      answerOf(
        api.DELETE('/api/v1/audit/legal-hold/{correlation_id}', {
          params: { path: { correlation_id } },
          body: { release_reason: reason.trim() },
        }),
      ),
    onSuccess: () => {
      setOpen(false);
      return queries.invalidateQueries({ queryKey: holdsKey });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim() !== '') releasing.mutate();
  };
  return (
    <Dialog.Root open={isOpen} onOpenChange={setOpen}>
      <Dialog.Trigger render={<Button />}>Release</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className={styles.backdrop} />
        <Dialog.Popup className={styles.dialog}>
          <Dialog.Title>Release the hold</Dialog.Title>
          <Dialog.Description>
            The records of <EventText text={correlation_id} charsMax={80} /> may be purged and erased again.
          </Dialog.Description>
          <form className={styles.dialogForm} onSubmit={submit} noValidate>
            <ReasonField
              name="release-reason"
              value={reason}
              onValueChange={setReason}
              placeholder="case closed"
              fault={isTried && reason.trim() === '' ? 'A release needs a reason.' : undefined}
            />
            <div className={styles.buttons}>
              <Button type="submit" kind="primary" disabled={releasing.isPending}>
                Release hold
              </Button>
              <Dialog.Close render={<Button />}>Keep it</Dialog.Close>
            </div>
          </form>
          {releasing.error !== null && (
            <FailureState error={releasing.error} retry={() => releasing.mutate()} />
          )}
          <SameCommand
            words={[
              ...['audit', 'hold', 'release', correlation_id],
              ...['--reason', reason.trim() || 'REASON', '--url', location.origin],
            ]}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
