import { setTimeout as sleep } from 'node:timers/promises';
import type { Service } from './service.ts';
import { countStoredRecords } from './stored-records.ts';

const pollMs = 200;
const timeoutMs = 60_000;

/**
 * Waits until servers that answered 202 have stored what their own spools hold.
 * @returns what those say of themselves that then still keep something back; undefined when all is in the database
 */
export async function settleServer({
  urls,
  databaseUrl,
}: Pick<Service, 'urls' | 'databaseUrl'>): Promise<string | undefined> {
  const endMs = performance.now() + timeoutMs;
  let before = -1;
  let unsettled: string[] = [];
  while (performance.now() < endMs) {
    const stored = await countStoredRecords(databaseUrl);
    unsettled = (await Promise.all(urls.map(readReadiness))).filter((readiness) => !isSettled(readiness));
    if (stored === before && unsettled.length === 0) return undefined;
    before = stored;
    await sleep(pollMs);
  }
  return unsettled.join('\n');
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
