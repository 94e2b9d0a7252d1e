import { onlyKnown, shortenText } from '@audit/schema';
import type { SignalProcessing } from './signal-processing.ts';
import { findWord, type Payload, phases } from './vocabulary.ts';

/** The members that every payload has. */
export type BasePayload = Pick<Payload, 'phase' | 'signal'>;

/**
 * Envelope of every event. The API server refuses objects without a name; `unknown` serves callers that read their
 * objects elsewhere.
 */
export function envelope({ metadata, spec }: SignalProcessing) {
  const name = metadata.name || 'unknown';
  return {
    actor_type: 'service',
    actor_id: 'signalprocessing-controller',
    resource_type: 'SignalProcessing',
    resource_id: name,
    correlation_id: spec.remediationRequestRef.name || name,
    ...onlyKnown({ namespace: metadata.namespace }),
  };
}

/**
 * Tells which signal is processed, and how far it is.
 * @param impliedPhase what the event says by itself: it stands in for a phase the contract does not know
 */
export function basePayload({ spec, status }: SignalProcessing, impliedPhase: Payload['phase']): BasePayload {
  return { phase: phaseOf(status?.phase) ?? impliedPhase, signal: spec.signal.name };
}

/** Reads a phase in whatever case it is written; empty is Pending, a word outside the contract is undefined. */
export function phaseOf(text: string | undefined): Payload['phase'] | undefined {
  return findWord(phases, text || 'Pending');
}

/** Tells whether a signal in this phase has been processed to the end. */
export function hasEnded(phase: string | undefined): boolean {
  const known = phaseOf(phase);
  return known === 'Completed' || known === 'Failed';
}

/** Rounds a duration: below 0 it is 0, and undefined when it is none. */
export function wholeMs(durationMs: number): number | undefined {
  const whole = Math.max(0, Math.round(durationMs));
  return Number.isSafeInteger(whole) ? whole : undefined;
}

// However its characters are escaped, the text stays far below the 256 KiB an event may have.
const errorCharsMax = 16_384;

/** The words of something that was caught, which can be anything; empty when it has none. */
export function describeError(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? Reflect.get(error, 'message') : (error ?? '');
  return typeof message === 'string' ? shortenText(message, errorCharsMax) : '';
}
