/**
 * How the service treats writes.
 *
 * - `connected`: they are stored, and the spool is empty
 * - `away`: the database cannot be used; they are spooled
 * - `draining`: the database is back and the spool is being stored; they are spooled behind it
 * - `handing_over`: the last of the spool is being stored; they wait for that, so that the spool becomes empty
 */
export type OutageState = (typeof outageStates)[number];

/** Every {@link OutageState}. */
export const outageStates = ['connected', 'away', 'draining', 'handing_over'] as const;

/** What happens to the database and the spool. */
export type OutageEvent = 'lost' | 'found' | 'nearly_drained' | 'drained';

const transitions: Readonly<Record<OutageState, Partial<Record<OutageEvent, OutageState>>>> = {
  connected: { lost: 'away' },
  away: { found: 'draining' },
  draining: { lost: 'away', nearly_drained: 'handing_over', drained: 'connected' },
  handing_over: { lost: 'away', drained: 'connected' },
};

/** Tells the state after an event; an event that means nothing in a state leaves it. */
export function nextOutageState(state: OutageState, event: OutageEvent): OutageState {
  return transitions[state][event] ?? state;
}

/** Tells whether a write that comes now goes to the spool. */
export function isSpooling(state: OutageState): boolean {
  return state === 'away' || state === 'draining';
}
