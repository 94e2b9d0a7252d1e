import { describe, expect, it } from 'vitest';
import { BatchLimits, limitsMsMax, unansweredMs } from './batch-limits.ts';

const own = { entriesMax: 500, bytesMax: 1_048_576 };
const refused = { limit: 'bytes', events: 400, bytes: 800_000 } as const;

describe('the limits of a batch', () => {
  it('are those of the client until the server says lower ones', () => {
    const limits = new BatchLimits(own);
    expect(limits.current).toEqual(own);
    limits.advertise({ batchEventsMax: 1_000, bodyBytesMax: 5_000_000 }, 0);
    expect(limits.current).toEqual(own);
    limits.advertise({ batchEventsMax: 100 }, 0);
    expect(limits.current).toEqual({ entriesMax: 100, bytesMax: 1_048_576 });
    limits.advertise(undefined, 0);
    expect(limits.current).toEqual(own);
  });

  it('leave room for the brackets and commas of the body', () => {
    const limits = new BatchLimits(own);
    limits.advertise({ bodyBytesMax: 100_000, batchEventsMax: 10 }, 0);
    expect(limits.current.bytesMax).toBe(100_000 - 11);
  });

  it('always allow one event', () => {
    const limits = new BatchLimits(own);
    limits.advertise({ batchEventsMax: 1, bodyBytesMax: 1 }, 0);
    limits.learn({ limit: 'events', events: 1, bytes: 1 }, 0);
    limits.learn({ limit: 'bytes', events: 1, bytes: 1 }, 0);
    expect(limits.current).toEqual({ entriesMax: 1, bytesMax: 1 });
  });

  it('are half of what was refused, and the server is asked again', () => {
    const limits = new BatchLimits(own);
    limits.advertise({}, 0);
    expect(limits.isAskDue(1)).toBe(false);
    limits.learn(refused, 1);
    expect(limits.current).toEqual({ entriesMax: 500, bytesMax: 400_000 });
    limits.learn({ ...refused, limit: 'events' }, 1);
    expect(limits.current).toEqual({ entriesMax: 200, bytesMax: 400_000 });
    expect(limits.isAskDue(1)).toBe(true);
  });

  it('are what the server says exactly when that explains the refusal', () => {
    const limits = new BatchLimits(own);
    limits.learn(refused, 0);
    limits.advertise({ bodyBytesMax: 700_000 }, 1);
    expect(limits.current.bytesMax).toBe(700_000 - 501);
  });

  it('stay half of what was refused when something before the server refuses, for an hour', () => {
    const limits = new BatchLimits(own);
    limits.learn(refused, 0);
    limits.advertise({ bodyBytesMax: 5_000_000 }, 1);
    expect(limits.current.bytesMax).toBe(400_000);
    expect(limits.isAskDue(limitsMsMax)).toBe(false);
    expect(limits.isAskDue(limitsMsMax + 1)).toBe(true);
    limits.advertise({ bodyBytesMax: 5_000_000 }, limitsMsMax + 1);
    expect(limits.current).toEqual(own);
  });

  it('are not asked for at once again when no answer came', () => {
    const limits = new BatchLimits(own);
    expect(limits.isAskDue(0)).toBe(true);
    limits.miss(0);
    expect(limits.isAskDue(unansweredMs - 1)).toBe(false);
    expect(limits.isAskDue(unansweredMs)).toBe(true);
  });
});
