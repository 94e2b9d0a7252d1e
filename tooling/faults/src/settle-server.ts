import { setTimeout as sleep } from 'node:timers/promises';
import { countStoredRecords } from './stored-records.ts';

const pollMs = 200;
const timeoutMs = 60_000;

/**
 * Waits until a server that answered 202 has stored what its own spool holds.
 * @returns what it says of itself when it then still keeps something back; undefined when all is in the database
 */
export async function settleServer({
  url,
  databaseUrl,
}: {
  readonly url: string;
  readonly databaseUrl: string;
}): Promise<string | undefined> {
  const endMs = performance.now() + timeoutMs;
  let before = -1;
  let readiness = '';
  while (performance.now() < endMs) {
    const stored = await countStoredRecords(databaseUrl);
    readiness = await readReadiness(url);
    if (stored === before && isSettled(readiness)) return undefined;
    before = stored;
    await sleep(pollMs);
  }
  return readiness;
}

async function readReadiness(url: string): Promise<string> {
  return (await fetch(`${url}/readyz`)).text();
}

// Every event that the server takes can be stored, so it has no reason for a dead letter of its own.
function isSettled(text: string): boolean {
  const { status, spool } = JSON.parse(text) as Readiness;
  return status === 'ready' && (spool === undefined || (spool.requests === 0 && spool.dead_letters === 0));
}

interface Readiness {
  readonly status: string;
  readonly spool?: { readonly requests: number; readonly dead_letters: number };
}
