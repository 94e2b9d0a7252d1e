import type { Random } from './random.ts';

/** What the proxy does to a request; `none` is a request that goes through. */
export const faultKinds = [
  'latency',
  'no-answer',
  'reset-before',
  'reset-after',
  'truncated-request',
  'truncated-answer',
  'duplicated',
  'delayed-duplicate',
  'status-401',
  'status-404',
  'status-413',
  'status-429',
  'status-500',
  'status-502',
  'status-503',
  'status-503-retry-after',
  'redirect',
  'captive-portal',
] as const;

/** A fault of the way between producer and server. */
export type FaultKind = (typeof faultKinds)[number];

/** Hands out what happens to the next request. */
export interface FaultPlan {
  next(): FaultKind | 'none';
}

/**
 * Deals faults from shuffled decks: every deck holds each fault once, and a number of requests that go through. The
 * first deck holds no more of these than faults, so that no fault is left out however short the run is.
 */
export function createFaultPlan(random: Random, cleanPerFault: number): FaultPlan {
  const deckOf = (share: number) => {
    const clean = Array.from({ length: Math.round(faultKinds.length * share) }, () => 'none' as const);
    return random.shuffle([...faultKinds, ...clean]);
  };
  let deck: (FaultKind | 'none')[] = deckOf(Math.min(cleanPerFault, 1));
  return {
    next() {
      if (deck.length === 0) deck = deckOf(cleanPerFault);
      return deck.pop() ?? 'none';
    },
  };
}
