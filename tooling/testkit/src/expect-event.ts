import { type EventDraft, type EventSkip, eventBytesMax, isEventSkip, safeParseEvent } from '@audit/schema';
import { expect } from 'vitest';

/** Expects that a builder returned an event, no skip, that the contract accepts and that is not too large to be sent. */
export function expectEvent<Draft extends EventDraft>(result: Draft | EventSkip): Draft {
  if (isEventSkip(result))
    throw new Error(`expected an event, but the builder skipped it: ${result.skipped}`);
  const event = { event_timestamp: '2026-01-14T09:33:23Z', ...result };
  expect(safeParseEvent(event)).toMatchObject({ success: true });
  expect(Buffer.byteLength(JSON.stringify(event))).toBeLessThan(eventBytesMax);
  return result;
}
