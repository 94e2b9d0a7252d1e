import { openFileSpool } from './open-file-spool.ts';

// Leaves entries waiting, a file open for reading and something to note, and ends.
const spool = openFileSpool({ directory: process.argv[2] ?? '' });
for (let index = 0; index < 10; index += 1) spool.append({ key: `${index}`, text: 'text' });
spool.acknowledge(await spool.peek({ entriesMax: 2, bytesMax: 1_000 }));
