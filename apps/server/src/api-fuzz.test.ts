import { verifyExport } from '@audit/integrity';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeDatabases } from './test-support/describe-databases.ts';
import { anyRequest, type FuzzRequest } from './test-support/fuzz/any-request.ts';
import { anySocketBytes } from './test-support/fuzz/any-socket-bytes.ts';
import { contractOperations } from './test-support/fuzz/contract.ts';
import { answersTo } from './test-support/fuzz/socket-answers.ts';
import { expectSpecSchema } from './test-support/spec-responses.ts';
import { startTestServer, type TestAnswer, type TestServer } from './test-support/test-server.ts';

// `pnpm --filter @audit/server fuzz` sends far more than the tests have time for; this many on each database.
const requests = Number(process.env.AUDIT_FUZZ_REQUESTS ?? 150);
const longRequests = 10_000;
const writes = ['createAuditEvent', 'createAuditEventsBatch'];
// A cosigned checkpoint needs a witness and the console a build; in the end every other operation has succeeded.
const needy = ['getWitnessedCheckpoint', 'getConsole'];
const succeeding = contractOperations.map(({ id }) => id).filter((id) => !needy.includes(id));
const connections = Math.ceil(requests / 5);
const timeoutMs = 60_000 + requests * 100;
const bodyBytesMax = 256 * 1_024;

describeDatabases('whatever is sent', (open) => {
  it(
    'is answered as the contract says, and leaves a log that verifies',
    async () => {
      const server = await startTestServer(open, { limits: { bodyBytesMax } });
      const tally = new Map<string, number>();
      const stored = new Set<string>();
      await fc.assert(
        fc.asyncProperty(anyRequest(bodyBytesMax), async (request) => {
          const answer = await sendTo(server, request);
          count(tally, `${request.operation} ${answer.status}`);
          for (const eventId of storedBy(request, answer)) stored.add(eventId);
        }),
        { numRuns: requests, endOnFailure: true },
      );
      expect(stored.size).toBeGreaterThan(0);
      expect(await exportedIds(server)).toEqual(expect.arrayContaining([...stored]));
      await expectChains(server);
      if (requests < longRequests) return;
      expect(succeeded(tally)).toEqual(expect.arrayContaining(succeeding));
      console.table(Object.fromEntries([...tally].sort()));
    },
    timeoutMs,
  );

  it(
    'on a bare connection is answered with HTTP, never with the failure of the server',
    async () => {
      const server = await startTestServer(open);
      await fc.assert(
        fc.asyncProperty(anySocketBytes, async (bytes) => {
          for (const { status, contentType, body } of await answersTo(server.url, bytes)) {
            expect(status).toBeLessThan(500);
            if (status >= 400) {
              expect(contentType).toMatch(/^application\/problem\+json(?:;|$)/);
              expectSpecSchema('Problem', JSON.parse(body));
            }
          }
        }),
        { numRuns: connections, endOnFailure: true },
      );
      expect((await server.send('GET', '/healthz')).status).toBe(200);
    },
    timeoutMs,
  );
});

function succeeded(tally: ReadonlyMap<string, number>): string[] {
  return [...tally.keys()].filter((key) => / 20[0-2]$/.test(key)).map((key) => key.split(' ', 1)[0] ?? key);
}

async function sendTo(
  server: TestServer,
  { method, target, headers, body }: FuzzRequest,
): Promise<TestAnswer> {
  const answer = await server.send(method, target, body, { ...headers });
  // Nothing here goes away, so there is no reason for a 503 either, which is all that the contract has beside it.
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400 && method !== 'HEAD') expect(answer.text).not.toBe('');
  return answer;
}

function storedBy({ operation, method }: FuzzRequest, { status, text }: TestAnswer): string[] {
  if (method !== 'POST' || !writes.includes(operation) || status > 201) return [];
  // The answer was checked against the contract.
  const answer = JSON.parse(text) as
    | { readonly event_id: string }
    | { readonly event_ids: readonly string[] };
  return 'event_ids' in answer ? [...answer.event_ids] : [answer.event_id];
}

async function exportedIds(server: TestServer): Promise<string[]> {
  const { bytes } = await server.send('GET', '/api/v1/audit/export');
  const { text: checkpoint } = await server.send('GET', '/checkpoint');
  const keys = await server.send('GET', '/api/v1/audit/log-keys');
  // The answers were checked against the contract.
  const { keys: listed } = JSON.parse(keys.text) as { readonly keys: readonly { readonly key: string }[] };
  const trust = { keys: listed.map(({ key }) => key) };
  expect(await verifyExport([bytes], { checkpoint, trust })).toMatchObject({
    verdict: 'consistent_unwitnessed',
    failure: undefined,
  });
  const lines = bytes.toString().split('\n').slice(0, -1);
  return lines.map((line) => (JSON.parse(line) as { readonly event_id: string }).event_id);
}

async function expectChains(server: TestServer): Promise<void> {
  const rows = await server.database.query<{ correlation_id: string }>(
    'select distinct correlation_id from audit.records',
  );
  for (const { correlation_id } of rows) {
    const { text } = await server.post('/api/v1/audit/verify-chain', { correlation_id });
    expect(JSON.parse(text)).toMatchObject({ correlation_id, is_valid: true });
  }
}

function count(tally: Map<string, number>, key: string): void {
  tally.set(key, (tally.get(key) ?? 0) + 1);
}
