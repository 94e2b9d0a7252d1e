import type { EventDraft, EventSkip } from '@audit/schema';
import { afterAll } from 'vitest';
import { expectEvent } from './expect-event.ts';
import { expectServerStores } from './expect-server-stores.ts';

/** Expects that a builder's result is a valid event, and returns it. */
export type EventExpectation = <Draft extends EventDraft>(result: Draft | EventSkip) => Draft;

/**
 * Makes the check of what a test file builds. Every event that passes it is also sent to the running service after the
 * last test of the file, and the service must store it.
 *
 * @example
 * const expectEvent = expectStoredEvents();
 * const { event_data } = expectEvent(builders.workflowStarted({ execution }));
 */
export function expectStoredEvents(): EventExpectation {
  const built: EventDraft[] = [];
  afterAll(() => expectServerStores(built));
  return (result) => {
    const event = expectEvent(result);
    built.push(event);
    return event;
  };
}
