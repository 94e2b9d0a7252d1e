import { expect } from 'vitest';
import { freshEvent } from './sample-event.ts';

/** Stores new events in a server, as many as are wanted, and returns their ids. */
export async function storeEvents(url: string, count: number): Promise<readonly string[]> {
  const events = Array.from({ length: count }, freshEvent);
  const response = await fetch(`${url}/api/v1/audit/events/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `[${events.join(',')}]`,
  });
  expect(response.status).toBe(201);
  return events.map((event) => JSON.parse(event).event_id);
}

/** The key that a server says its log has, as a person would be given it. */
export async function keyOf(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/audit/log-keys`);
  return JSON.parse(await response.text()).keys[0].key;
}
