import type { Page } from 'playwright-core';

/** Reads the public key that a server says its log has. A test may trust it: it started the server. */
export async function logKeyOf(url: string): Promise<string> {
  const { keys } = await (await fetch(`${url}/api/v1/audit/log-keys`)).json();
  return keys[0].key;
}

/** Finds a remediation of the simulator. */
export async function anyCorrelation(url: string): Promise<string> {
  const signals = `${url}/api/v1/audit/events?event_type=gateway.signal.received&limit=1`;
  const { data } = await (await fetch(signals)).json();
  return data[0].correlation_id;
}

/** Gives the evidence page keys that are trusted. */
export function trustKeys(page: Page, ...keys: readonly string[]): Promise<void> {
  return page.getByLabel('Public keys of the log').fill(keys.join('\n'));
}
