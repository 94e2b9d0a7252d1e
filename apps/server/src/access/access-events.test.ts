import { expect, it, onTestFinished } from 'vitest';
import { readRecords } from '../query/record-reader.ts';
import type { Database } from '../store/database.ts';
import { policyFile, roleTokens } from '../test-support/access-policy.ts';
import { checkChain } from '../test-support/check-chain.ts';
import { describeDatabases, type OpenDatabase } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { tokenDigest } from './static-tokens.ts';

const events = '/api/v1/audit/events';
const json = { 'content-type': 'application/json' };
const start = '2026-01-15T12:00:00.000Z';

interface Told {
  readonly event_type: string;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly event_data: Record<string, unknown>;
}

async function told(database: Database, ...types: string[]): Promise<Told[]> {
  const query = { equals: {}, order: 'asc', limit: 1_000, offset: 0 } as const;
  const page = await readRecords(database, 'default', query);
  const records = page.events.map((text): Told => JSON.parse(text));
  return records.filter(({ event_type }) => types.includes(event_type));
}

// A database that outlives the servers of the test.
async function openLasting(open: OpenDatabase): Promise<Database> {
  const database = await open();
  onTestFinished(() => database.close());
  return { ...database, close: async () => {} };
}

describeDatabases('the log tells', (open) => {
  it('who was refused and who read what, a minute in one event, and no event of its own reading at once', async () => {
    let time = Date.parse(start);
    const { as, policy } = roleTokens();
    const access = { policyFile: policyFile(policy).path };
    const server = await startTestServer(() => openLasting(open), { access, now: () => time });
    const get = (path: string, headers: Record<string, string>) =>
      server.send('GET', path, undefined, headers);
    const event = sampleEvent({ correlation_id: 'rr-1' });
    await server.send('POST', events, JSON.stringify(event), { ...json, ...as('writer') });
    await get(events, as('writer'));
    await get(events, { authorization: 'Bearer audit_guessed', 'x-forwarded-user': 'admin' });
    await get(events, {});
    time += 1_000;
    await get(`${events}?correlation_id=rr-1&limit=1`, as('reader'));
    await get(`${events}?correlation_id=rr-1&offset=1`, as('reader'));
    await get(`${events}?event_category=access&since=1h`, as('auditor'));
    await get('/tile/entries/000.p/1', as('auditor'));
    await get('/checkpoint', {});
    await server.close();

    const refused = { operation: 'queryAuditEvents', requests: 1, first_at: start, last_at: start };
    const at = '2026-01-15T12:00:01.000Z';
    const read = { operation: 'queryAuditEvents', requests: 1, first_at: at, last_at: at };
    const found = await told(server.database, 'datastorage.access.refused', 'datastorage.records.read');
    expect(
      found.map(({ actor_id, actor_type, event_data: { event_type: _, ...data } }) => [
        actor_type,
        actor_id,
        data,
      ]),
    ).toEqual([
      ['user', 'writer', { ...refused, reason: 'missing_role' }],
      ['user', 'reader', { ...read, filter: { correlation_id: 'rr-1' }, requests: 2, records: 1 }],
      ['user', 'auditor', { ...read, filter: { event_category: 'access', since: '1h' }, records: 0 }],
      ['user', 'auditor', { ...read, operation: 'getEntryBundle', records: 1 }],
      ['external', '127.0.0.1', { ...refused, reason: 'invalid_credentials' }],
      ['external', '127.0.0.1', { ...refused, reason: 'no_credentials' }],
    ]);
    expect(await checkChain(server.database)).toBe(8);
  });

  it('who holds and releases, by the token and not by a header', async () => {
    const { as, policy } = roleTokens();
    const server = await startTestServer(open, { access: { policyFile: policyFile(policy).path } });
    await server.send('POST', events, JSON.stringify(sampleEvent({ correlation_id: 'rr-1' })), {
      ...json,
      ...as('writer'),
    });
    const forged = { ...json, 'x-forwarded-user': 'root', 'x-auth-request-user': 'root', from: 'root@b' };
    const placing = JSON.stringify({ correlation_id: 'rr-1', reason: 'Litigation 17.' });
    const placed = await server.send('POST', '/api/v1/audit/legal-hold', placing, {
      ...forged,
      ...as('custodian'),
    });
    const releasing = JSON.stringify({ release_reason: 'Settled.' });
    const released = await server.send('DELETE', '/api/v1/audit/legal-hold/rr-1', releasing, {
      ...forged,
      ...as('admin'),
    });
    expect([JSON.parse(placed.text).placed_by, JSON.parse(released.text).released_by]).toEqual([
      'custodian',
      'admin',
    ]);
    const found = await told(
      server.database,
      'datastorage.legal_hold.placed',
      'datastorage.legal_hold.released',
    );
    expect(found.map(({ actor_id }) => actor_id)).toEqual(['custodian', 'admin']);
  });

  it('that another policy is in force, once, without names and secrets; a wrong one changes nothing', async () => {
    const first = roleTokens();
    const second = roleTokens();
    const file = policyFile(first.policy);
    const database = await openLasting(open);
    const options = { access: { policyFile: file.path } };
    const server = await startTestServer(async () => database, options);
    const status = async (tokens: typeof first) =>
      (await server.send('GET', '/api/v1/audit/limits', undefined, tokens.as('reader'))).status;
    expect([await status(first), await status(second)]).toEqual([200, 401]);
    for (const wrong of ['{', { tokens: [{ principal: 'root' }] }]) {
      file.write(wrong);
      await server.reload();
      expect([await status(first), await status(second)]).toEqual([200, 401]);
    }
    const grants = [
      { group: 'sre', roles: ['reader'] },
      { subject: 'marta', roles: ['reader', 'custodian'] },
    ];
    const issuer = { issuer: 'https://issuer.example.com', audience: 'audit', grants };
    file.write({ ...second.policy, issuers: [issuer] });
    await server.reload();
    expect([await status(first), await status(second)]).toEqual([401, 200]);
    await server.reload();
    await server.close();
    const again = await startTestServer(async () => database, options);
    await again.close();
    const without = await startTestServer(async () => database);
    await without.close();

    const count = (reader: number, custodian: number) => [
      { role: 'writer', grants: 1 },
      { role: 'reader', grants: reader },
      { role: 'auditor', grants: 1 },
      { role: 'custodian', grants: custodian },
      { role: 'admin', grants: 1 },
    ];
    const found = await told(database, 'datastorage.access_policy.changed');
    const [, digest = ''] = found.map(({ event_data }) => event_data.policy_sha256);
    expect(found.map(({ event_data: { event_type: _, ...data } }) => data)).toEqual([
      {
        policy_sha256: digestOf(first.policy),
        tokens: 5,
        issuers: 0,
        trusted_proxies: 0,
        grants: count(1, 1),
      },
      {
        policy_sha256: digestOf({ ...second.policy, issuers: [issuer] }),
        previous_policy_sha256: digestOf(first.policy),
        tokens: 5,
        issuers: 1,
        trusted_proxies: 0,
        grants: count(3, 2),
      },
      { previous_policy_sha256: digest, tokens: 0, issuers: 0, trusted_proxies: 0, grants: [] },
    ]);
    expect(JSON.stringify(found)).not.toContain('marta');
  });
});

function digestOf(policy: object): string {
  return tokenDigest(JSON.stringify(policy));
}
