import { writeSync } from 'node:fs';
import { openFileSpool } from './open-file-spool.ts';

// Holds a spool until it is killed, although nothing refers to it.
openFileSpool({ directory: process.argv[2] ?? '' }).append({ key: 'key', text: 'text' });
globalThis.gc?.();
writeSync(1, 'held\n');
setInterval(() => undefined, 60_000);
