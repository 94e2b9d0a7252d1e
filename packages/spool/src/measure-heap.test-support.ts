import { writeSync } from 'node:fs';
import { openFileSpool } from './open-file-spool.ts';

// Says by how many bytes the heap has grown after 100,000 entries.
const spool = openFileSpool({ directory: process.argv[2] ?? '' });
const text = 'x'.repeat(1_000);
const append = (count: number): void => {
  for (let index = 0; index < count; index += 1) {
    if (spool.append({ key: `key-${index}`, text }).status !== 'appended') throw new Error('not appended');
  }
};
const heap = (): number => {
  globalThis.gc?.();
  const { external, heapUsed } = process.memoryUsage();
  return heapUsed + external;
};
append(5_000);
const before = heap();
append(100_000);
writeSync(1, `${heap() - before}\n`);
