import { Agent, request } from 'node:http';

/** Sends every body once over a number of keep-alive connections; throws unless each is answered 201. */
export async function postBodies(url: string, bodies: readonly Buffer[], connections: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const remaining = bodies.values();
  const senders = Array.from({ length: connections }, async () => {
    for (const body of remaining) await post(url, body, agent);
  });
  await Promise.all(senders);
  agent.destroy();
}

function post(url: string, body: Buffer, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const outgoing = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 201) resolve();
        else reject(new Error(`the service answered ${answer.statusCode}`));
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
