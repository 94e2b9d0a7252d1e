import type { HeldLock } from './database.ts';

interface Queue {
  end: Promise<void>;
  waiting: number;
}

/** Makes locks within this process, for a database that no other process can use. */
export function createProcessLocks(): (name: string) => Promise<HeldLock> {
  const queues = new Map<string, Queue>();
  return async (name) => {
    const queue = queues.get(name) ?? { end: Promise.resolve(), waiting: 0 };
    queues.set(name, queue);
    const turn = queue.end;
    const held = Promise.withResolvers<void>();
    queue.end = held.promise;
    queue.waiting += 1;
    await turn;
    queue.waiting -= 1;
    return { release: held.resolve, isWanted: async () => queue.waiting > 0 };
  };
}
