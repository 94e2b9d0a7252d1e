import { writeSync } from 'node:fs';
import { openFileSpool } from './open-file-spool.ts';

// Appends for ever and says so after every entry, with a write that is done when it returns.
const [directory = '', run = ''] = process.argv.slice(2);
const spool = openFileSpool({ directory, segmentBytes: 20_000 });
const first = await spool.peek({ entriesMax: 3, bytesMax: 1_000_000 });
spool.acknowledge(first);
for (let index = 0; ; index += 1) {
  const outcome = spool.append({ key: `${run}-${index}`, text: 'x'.repeat((index * 37) % 5_000) });
  if (outcome.status === 'refused') throw new Error(outcome.reason);
  writeSync(1, `${outcome.sequence} ${run}-${index}\n`);
  if (index % 50 === 0) await spool.sync();
}
