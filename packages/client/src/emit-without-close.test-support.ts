// Run by process-exit.test.ts as a program of its own.
import { createAuditClient } from './create-audit-client.ts';
import { exampleDraft } from './example-event.test-support.ts';

const [url = '', durability = '', wait = '', closeTimeoutMs = ''] = process.argv.slice(2);
// A wrong word from the test fails as a wrong option does.
const client = createAuditClient({ url, durability: durability as 'process', lingerMs: 60_000 });
process.stdout.write(client.emit(exampleDraft()).status);
if (wait === 'flush') await client.flush();
if (wait === 'close')
  process.stdout.write(` ${(await client.close({ closeTimeoutMs: Number(closeTimeoutMs) })).spooled}`);
