// Run by kill.test.ts as a program of its own: emits until it is killed, and says which events were accepted.
import { writeSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';

const [url = '', spoolRoot = ''] = process.argv.slice(2);
const client = createAuditClient({ url, spoolRoot, lingerMs: 5, backoffMaxMs: 500 });
for (;;) {
  const outcomes = Array.from({ length: 10 }, () => client.emit(exampleDraft()));
  for (const outcome of outcomes) {
    // Synchronous: what is said is said when the kill comes.
    if (outcome.status === 'accepted') writeSync(1, `${outcome.eventId}\n`);
  }
  await setImmediate();
}
