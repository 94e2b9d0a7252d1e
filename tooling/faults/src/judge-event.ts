import type { Mark } from './event-tally.ts';

/** What is known of one event when everything has been read. */
export interface KnownEvent {
  is(mark: Mark): boolean;
  /** Whether the server has to refuse it. */
  readonly isPoison: boolean;
  /** Whether anything was done for which an event may be rejected. */
  readonly mayReject: boolean;
}

const rules: Readonly<Record<string, (event: KnownEvent) => boolean>> = {
  lost: (event) => isMissing(event) && !event.is('damaged'),
  'damaged and not in quarantine': (event) =>
    isMissing(event) && event.is('damaged') && !event.is('quarantined'),
  'rejected without a reason': ({ is, mayReject }) => is('rejected') && !mayReject,
  'stored and dead': ({ is }) => is('stored') && is('dead'),
  'stored although rejected': ({ is }) => is('stored') && is('rejected'),
  'stored before it was emitted': ({ is }) => is('stored') && !is('intended'),
  'stored although invalid': ({ is, isPoison }) => is('stored') && isPoison,
  'dead although valid': ({ is, isPoison }) => is('dead') && !isPoison,
  'still in a spool at the end': ({ is }) => is('spooled'),
};

/** Lists what is wrong with an event; nothing when the promise held. */
export function judgeEvent(event: KnownEvent): string[] {
  return Object.keys(rules).filter((kind) => rules[kind]?.(event));
}

function isMissing({ is }: KnownEvent): boolean {
  return is('accepted') && !is('stored') && !is('dead') && !is('spooled') && !is('removed');
}
