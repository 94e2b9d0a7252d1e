import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryQueue } from './memory-queue.ts';

const unlimited = { eventsMax: Number.MAX_SAFE_INTEGER, bytesMax: Number.MAX_SAFE_INTEGER };

function event(eventId: string, bytes = 10) {
  return { eventId, text: 'x'.repeat(bytes), bytes };
}

function queueOf(...eventIds: string[]): MemoryQueue {
  const queue = new MemoryQueue(unlimited);
  for (const eventId of eventIds) queue.append(event(eventId));
  return queue;
}

function waiting(queue: MemoryQueue): string[] {
  return queue.peek(unlimited).map((entry) => entry.eventId);
}

describe('MemoryQueue', () => {
  it('returns the oldest first and removes nothing by looking', () => {
    const queue = queueOf('a', 'b', 'c');
    expect(waiting(queue)).toEqual(['a', 'b', 'c']);
    expect(waiting(queue)).toEqual(['a', 'b', 'c']);
  });

  it('limits a look by events and by bytes, but always returns one entry', () => {
    const queue = queueOf('a', 'b', 'c');
    expect(queue.peek({ eventsMax: 2, bytesMax: 1_000 })).toHaveLength(2);
    expect(queue.peek({ eventsMax: 3, bytesMax: 29 })).toHaveLength(2);
    expect(queue.peek({ eventsMax: 3, bytesMax: 1 })).toHaveLength(1);
  });

  it('removes entries from the middle, and each only once', () => {
    const queue = queueOf('a', 'b', 'c');
    const middle = queue.peek(unlimited).slice(1, 2);
    queue.acknowledge(middle);
    queue.acknowledge(middle);
    expect(waiting(queue)).toEqual(['a', 'c']);
    expect(queue.statistics()).toEqual({ events: 2, bytes: 20, firstSequence: 0, nextSequence: 3 });
  });

  it('keeps two entries with the same event id apart', () => {
    const queue = queueOf('a', 'a');
    queue.acknowledge(queue.peek({ eventsMax: 1, bytesMax: 1_000 }));
    expect(waiting(queue)).toEqual(['a']);
  });

  it('refuses what exceeds its room and takes more when room is made', () => {
    const queue = new MemoryQueue({ eventsMax: 2, bytesMax: 25 });
    expect(queue.append(event('a', 26))).toBe(false);
    expect([queue.append(event('b')), queue.append(event('c')), queue.append(event('d'))]).toEqual([
      true,
      true,
      false,
    ]);
    queue.acknowledge(queue.peek({ eventsMax: 1, bytesMax: 1_000 }));
    expect(queue.append(event('e', 16))).toBe(false);
    expect(queue.append(event('f', 15))).toBe(true);
  });

  it('behaves as a list does, also after thousands of entries', () => {
    const step = fc.record({ append: fc.nat(900), look: fc.nat(900), skip: fc.nat(2) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const queue = new MemoryQueue(unlimited);
        let model: string[] = [];
        let made = 0;
        for (const { append, look, skip } of steps) {
          for (let index = 0; index < append; index += 1) {
            queue.append(event(`${made}`));
            model.push(`${made++}`);
          }
          const removed = queue.peek({ ...unlimited, eventsMax: look }).slice(skip);
          queue.acknowledge(removed);
          const ids = new Set(removed.map((entry) => entry.eventId));
          model = model.filter((id) => !ids.has(id));
          expect(waiting(queue)).toEqual(model);
          expect(queue.statistics()).toMatchObject({
            events: model.length,
            bytes: model.length * 10,
            nextSequence: made,
          });
          expect(queue.statistics().firstSequence).toBe(Number(model[0] ?? made));
        }
      }),
      { numRuns: 30 },
    );
  });
});
