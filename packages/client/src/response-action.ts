import { isTokenRefusal } from './bearer-token.ts';
import type { FailureState } from './client-state.ts';
import type { NamedFault, TransportAnswer } from './transport.ts';

/**
 * Why an event can never be stored.
 *
 * - `invalid`: it breaks the contract (400, 422)
 * - `conflict`: its id is stored with other content (409)
 * - `too_large`: it is alone in a request and still too large for the server (413)
 */
export type DeathReason = 'invalid' | 'conflict' | 'too_large';

/** What the delivery does with the batch it sent. */
export type ResponseAction =
  /** The server has the events. */
  | { readonly kind: 'acknowledge' }
  /** These events are dead; the others of the batch are sent again. */
  | { readonly kind: 'bury'; readonly refusals: readonly Refusal[] }
  /** Some event is refused and nobody says which: send the halves. */
  | { readonly kind: 'bisect' }
  /** The request is too large: send the halves and stay below. */
  | { readonly kind: 'shrink'; readonly limit: 'bytes' | 'events' }
  /** The events stay spooled until a later attempt. */
  | { readonly kind: 'retry'; readonly state: FailureState };

/** One event of a batch that can never be stored. */
export interface Refusal {
  /** Position in the batch. */
  readonly index: number;
  readonly reason: DeathReason;
  readonly detail: string;
}

/**
 * Decides what an answer means for the events of a batch. Nothing but an explicit refusal of a single event makes that
 * event dead: every other failure keeps it spooled.
 * @param answer undefined when no readable answer came
 * @param eventIds ids of the batch, in the order sent
 */
export function responseAction(
  answer: TransportAnswer | undefined,
  eventIds: readonly string[],
): ResponseAction {
  if (answer === undefined) return { kind: 'retry', state: 'backing_off' };
  if (answer.status >= 200 && answer.status < 300) return { kind: 'acknowledge' };
  const reason = deathReasons[answer.status];
  return reason === undefined
    ? { kind: 'retry', state: failureState(answer.status) }
    : refusalAction(answer, reason, eventIds);
}

const deathReasons: Readonly<Partial<Record<number, DeathReason>>> = {
  400: 'invalid',
  409: 'conflict',
  413: 'too_large',
  422: 'invalid',
};

function refusalAction(
  answer: TransportAnswer,
  reason: DeathReason,
  eventIds: readonly string[],
): ResponseAction {
  const refusals = namedRefusals(answer.problem?.errors ?? [], reason, eventIds);
  if (refusals.length > 0) return { kind: 'bury', refusals };
  if (eventIds.length === 1)
    return { kind: 'bury', refusals: [{ index: 0, reason, detail: detailOf(answer) }] };
  if (reason === 'too_large') return { kind: 'shrink', limit: 'bytes' };
  return hasTooManyEvents(answer) ? { kind: 'shrink', limit: 'events' } : { kind: 'bisect' };
}

function namedRefusals(
  faults: readonly NamedFault[],
  reason: DeathReason,
  eventIds: readonly string[],
): Refusal[] {
  const trusted = faults.filter((fault) => namesItsEvent(fault, eventIds));
  return [...Map.groupBy(trusted, (fault) => fault.index)].map(([index, ofEvent]) => ({
    index,
    reason,
    detail: ofEvent.map((fault) => fault.message).join('; '),
  }));
}

// An index that contradicts the id would bury an innocent event, for example when a proxy regroups the batch.
function namesItsEvent(fault: NamedFault, eventIds: readonly string[]): boolean {
  const eventId = eventIds[fault.index];
  if (eventId === undefined) return false;
  return fault.event_id === undefined || fault.event_id.toLowerCase() === eventId.toLowerCase();
}

function hasTooManyEvents(answer: TransportAnswer): boolean {
  return answer.problem?.type?.endsWith('batch-size-exceeded') ?? false;
}

function detailOf(answer: TransportAnswer): string {
  return answer.problem?.detail ?? `the server answered ${answer.status} without a reason`;
}

const transientStatuses: ReadonlySet<number> = new Set([408, 425, 429]);

function failureState(status: number): FailureState {
  if (isTokenRefusal(status)) return 'unauthorized';
  if (transientStatuses.has(status)) return 'backing_off';
  // 501 says that the route does not exist there, unlike the other server errors.
  return status >= 500 && status !== 501 ? 'backing_off' : 'misconfigured';
}
