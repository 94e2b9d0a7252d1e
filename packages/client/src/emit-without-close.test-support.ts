// Run by process-exit.test.ts as a program of its own.
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';

const [url = '', wait = ''] = process.argv.slice(2);
const client = createAuditClient({ url, lingerMs: 60_000 });
process.stdout.write(client.emit(exampleDraft()).status);
if (wait === 'flush') await client.flush();
if (wait === 'close') process.stdout.write(` ${(await client.close({ closeTimeoutMs: 300 })).queued}`);
