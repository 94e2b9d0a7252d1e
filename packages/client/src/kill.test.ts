import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createAuditClient } from './create-audit-client.ts';
import { startHttpServer } from './http-server.test-support.ts';

const program = fileURLToPath(new URL('./emit-until-killed.test-support.ts', import.meta.url));

async function temporaryRoot(): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'audit-client-kill-'));
  onTestFinished(() => rm(root, { recursive: true }));
  return root;
}

/** Runs the program, kills it with SIGKILL after so many accepted events, and returns all that it said. */
async function emitUntilKilled(url: string, root: string, accepted: number): Promise<string[]> {
  const child = spawn(process.execPath, ['--conditions=@audit/source', program, url, root], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const ids: string[] = [];
  for await (const id of createInterface(child.stdout)) {
    if (ids.push(id) === accepted) child.kill('SIGKILL');
  }
  expect(await ended).toEqual([null, 'SIGKILL']);
  return ids;
}

/** A server that stores by event id, and fails now and then, after it has stored or before. */
function createStore() {
  const events = new Map<string, string>();
  let requests = 0;
  return {
    events,
    take(body: string): number {
      requests += 1;
      if (requests % 5 === 0) return 503;
      for (const event of JSON.parse(body) as { readonly event_id: string }[]) {
        const text = JSON.stringify(event);
        const known = events.get(event.event_id);
        if (known !== undefined && known !== text) return 409;
        events.set(event.event_id, text);
      }
      return requests % 7 === 0 ? 500 : 201;
    },
  };
}

it('everything accepted before a kill -9 arrives, and is stored once', async () => {
  const store = createStore();
  await using server = await startHttpServer((response, { body }) =>
    response.writeHead(store.take(body)).end(),
  );
  const spoolRoot = await temporaryRoot();
  const accepted: string[] = [];
  for (const events of [1, 40, 333, 1_200, 2_500]) {
    accepted.push(...(await emitUntilKilled(server.url, spoolRoot, events)));
  }
  const dead: string[] = [];
  const onDeadLetter = ({ key }: { readonly key: string }) => dead.push(key);
  const client = createAuditClient({ url: server.url, spoolRoot, backoffMaxMs: 500, onDeadLetter });
  const report = await client.close({ closeTimeoutMs: 20_000 });
  expect(report).toMatchObject({ delivered: true, spooled: 0, dead: 0 });
  expect(dead).toEqual([]);
  expect(accepted.length).toBeGreaterThanOrEqual(4_074);
  expect(accepted.filter((id) => !store.events.has(id))).toEqual([]);
  // A kill can come between the append and the word about it: at most one round of emissions each.
  expect(store.events.size).toBeLessThanOrEqual(accepted.length + 5 * 10);
});
