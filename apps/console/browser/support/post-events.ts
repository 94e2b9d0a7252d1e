/** What is posted: events as the contract takes them. */
export type PostedEvent = Readonly<Record<string, unknown>>;

const batchMax = 400;

/**
 * Stores events in the log of a server, batch after batch, in their order.
 * @throws {Error} with the server's answer when it takes one not
 */
export async function postEvents(url: string, events: readonly PostedEvent[]): Promise<void> {
  for (let begin = 0; begin < events.length; begin += batchMax) {
    const response = await fetch(`${url}/api/v1/audit/events/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(events.slice(begin, begin + batchMax)),
    });
    if (response.status !== 201) throw new Error(`the batch at ${begin}: ${await response.text()}`);
  }
}
