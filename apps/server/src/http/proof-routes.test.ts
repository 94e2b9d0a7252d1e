import { leafHash, verifyCheckpoint, verifyConsistency, verifyInclusion } from '@audit/integrity';
import type { ChainVerification, ConsistencyProof, InclusionProof, LogKeysResponse } from '@audit/schema';
import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { tamper } from '../test-support/tamper.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';
import { storeTiles } from '../tree/store-tiles.ts';

const proofs = '/api/v1/audit/proofs';

async function store(server: TestServer, events: number, correlation_id = 'rr-1'): Promise<string[]> {
  const body = Array.from({ length: events }, () => sampleEvent({ correlation_id }));
  expect((await server.post('/api/v1/audit/events/batch', body)).status).toBe(201);
  return body.map(({ event_id = '' }) => event_id);
}

async function read<Body>(server: TestServer, path: string): Promise<Body> {
  const answer = await server.send('GET', path);
  expect(answer.status, answer.text).toBe(200);
  // The answer was checked against the contract.
  return JSON.parse(answer.text) as Body;
}

async function faultsOf(server: TestServer, path: string): Promise<string[]> {
  const answer = await server.send('GET', path);
  expect(answer.status).toBe(400);
  return problemOf(answer).errors?.map(({ code, pointer }) => `${code} ${pointer}`) ?? [];
}

async function verify(server: TestServer, correlation_id = 'rr-1'): Promise<ChainVerification> {
  const answer = await server.post('/api/v1/audit/verify-chain', { correlation_id });
  expect(answer.status, answer.text).toBe(200);
  return JSON.parse(answer.text) as ChainVerification;
}

describeDatabases('proofs', (open) => {
  it('of inclusion verify for every record and tree, with the checkpoint of the newest one', async () => {
    const server = await startTestServer(open);
    const eventIds = await store(server, 300);
    const { origin, keys } = await read<LogKeysResponse>(server, '/api/v1/audit/log-keys');
    expect(origin).toBe('audit.local/default');
    for (const [index, size] of [
      [0, 300],
      [299, 300],
      [255, 256],
      [256, 257],
      [0, 1],
      [128, 299],
    ] as const) {
      const path = `${proofs}/inclusion?event_id=${eventIds[index]}&tree_size=${size}`;
      const proof = await read<InclusionProof>(server, path);
      const [row] = await server.database.query<{ record: string }>(
        'select record::text as record from audit.records where event_id = $1',
        [eventIds[index]],
      );
      const hash = leafHash(row?.record ?? '');
      expect(proof).toMatchObject({ sequence: index, event_hash: hash, tree_size: size });
      const claim = { index, size, leafHash: hash, root: proof.root_hash };
      expect(verifyInclusion(claim, proof.audit_path).verdict).toBe('proven');
      expect(proof.checkpoint === undefined).toBe(size !== 300);
      if (proof.checkpoint === undefined) continue;
      const report = await verifyCheckpoint(proof.checkpoint, { keys, origin });
      expect(report.checkpoint).toMatchObject({ size, root: proof.root_hash });
    }
    const newest = await read<InclusionProof>(server, `${proofs}/inclusion?sequence=7`);
    expect(newest).toMatchObject({ event_id: eventIds[7], tree_size: 300 });
  });

  it('of consistency verify between any two sizes', async () => {
    const server = await startTestServer(open);
    await store(server, 270);
    for (const [from, to] of [
      [0, 270],
      [1, 270],
      [256, 270],
      [128, 257],
      [270, 270],
      [0, 0],
    ] as const) {
      const proof = await read<ConsistencyProof>(server, `${proofs}/consistency?from=${from}&to=${to}`);
      const claim = {
        oldSize: from,
        oldRoot: proof.from_root_hash,
        size: to,
        root: proof.to_root_hash,
      };
      expect(verifyConsistency(claim, proof.consistency_path).verdict).toBe('proven');
      expect(proof.checkpoint === undefined).toBe(to !== 270);
    }
  });

  it('are refused for what is not there, and for parameters that say nothing or too much', async () => {
    const server = await startTestServer(open);
    const [eventId] = await store(server, 3);
    const missing = [
      'inclusion?sequence=3',
      'inclusion?event_id=019bbbad-4606-7c83-8695-a8e7c7176213',
      'inclusion?sequence=2&tree_size=2',
      'inclusion?sequence=0&tree_size=4',
      'consistency?from=4',
      'consistency?from=2&to=1',
      'consistency?from=0&to=4',
    ];
    for (const path of missing)
      expect((await server.send('GET', `${proofs}/${path}`)).status, path).toBe(404);
    expect(await faultsOf(server, `${proofs}/inclusion`)).toEqual(['missing ']);
    expect(await faultsOf(server, `${proofs}/inclusion?sequence=0&event_id=${eventId}`)).toEqual([
      'wrong_value ',
    ]);
    expect(await faultsOf(server, `${proofs}/inclusion?event_id=1&tree_size=0`)).toEqual([
      'wrong_format /event_id',
      'out_of_range /tree_size',
    ]);
    expect(await faultsOf(server, `${proofs}/consistency?to=-1`)).toEqual([
      'out_of_range /to',
      'missing /from',
    ]);
    expect(await faultsOf(server, `${proofs}/consistency?from=0&size=1`)).toEqual(['unknown_member /size']);
  });
});

describeDatabases('verifying the chain of a correlation', (open) => {
  it('looks at every record, whatever stands between them', async () => {
    const server = await startTestServer(open);
    for (const correlation of ['rr-1', 'rr-2', 'rr-1', 'rr-2', 'rr-1']) await store(server, 90, correlation);
    const checkpoint = (await server.send('GET', '/checkpoint')).text;
    const report = await verify(server);
    expect(report).toMatchObject({
      is_valid: true,
      total_events: 270,
      verified_events: 270,
      purged_events: 0,
      message: 'Hash chain verified successfully: no tampering detected',
    });
    expect(report.checks.map(({ outcome }) => outcome)).toEqual([
      'holds',
      'holds',
      'holds',
      'holds',
      'not_checked',
    ]);
    expect(report.checkpoint).toBe(checkpoint);
  });

  it('is told of in the trail, whatever was found, and makes no trail where there is none', async () => {
    const server = await startTestServer(open);
    await store(server, 3);
    await verify(server);
    await tamper(
      server.database,
      `update audit.leaves set event_hash = decode(repeat('00', 32), 'hex') where sequence = 1`,
    );
    await verify(server);
    for (const nothing of ['rr-none', 'export:default', 'verification:default'])
      await verify(server, nothing);
    await server.send('GET', '/api/v1/audit/export');
    await verify(server, 'export:default');
    const told = (await server.records()).filter(({ event_category }) => event_category === 'datastorage');
    expect(told.map(({ event_data }) => event_data)).toMatchObject([
      {
        event_type: 'datastorage.chain.verified',
        is_valid: true,
        total_events: 3,
        verified_events: 3,
        purged_events: 0,
        checkpoint_size: 3,
      },
      {
        event_type: 'datastorage.chain.verified',
        is_valid: false,
        total_events: 4,
        verified_events: 2,
        purged_events: 0,
        checkpoint_size: 4,
        first_failure: { code: 'record_changed', sequence: 1 },
      },
      { event_type: 'datastorage.records.exported' },
    ]);
    expect(told.slice(0, 2)).toMatchObject([
      { correlation_id: 'rr-1', event_outcome: 'success', actor_id: 'anonymous' },
      { correlation_id: 'rr-1', event_outcome: 'failure', actor_id: 'anonymous' },
    ]);
  });

  it('names a record whose contents were deleted without a purge, be it the last', async () => {
    const server = await startTestServer(open);
    await store(server, 3);
    await tamper(server.database, 'delete from audit.contents where sequence = 2');
    const report = await verify(server);
    expect(report).toMatchObject({
      is_valid: false,
      total_events: 3,
      verified_events: 2,
      purged_events: 0,
      tampered_events: [{ sequence: 2, code: 'records_missing', event_timestamp: null, actual_hash: '' }],
      first_failure: { code: 'records_missing', sequence: 2 },
    });
    expect(report.checks.map(({ outcome }) => outcome)).toEqual([
      'holds',
      'fails',
      'holds',
      'holds',
      'not_checked',
    ]);
  });

  it('says that there is nothing, and refuses a request that asks nothing', async () => {
    const server = await startTestServer(open);
    expect(await verify(server, 'rr-none')).toMatchObject({
      is_valid: true,
      total_events: 0,
      message: 'No events found for correlation_id',
    });
    expect((await server.post('/api/v1/audit/verify-chain', {})).status).toBe(400);
    const tooLong = { correlation_id: 'x'.repeat(256) };
    expect((await server.post('/api/v1/audit/verify-chain', tooLong)).status).toBe(400);
  });

  const where = 'where sequence = 4';
  const changed = `replace(record::text, '"Pending"', '"Running"')`;
  it.each([
    ['a changed byte', [`update audit.contents set record = ${changed}::json ${where}`], 'record_changed', 4],
    [
      'a changed byte with a hash to fit',
      [
        `update audit.contents set record = ${changed}::json ${where}`,
        `update audit.leaves set event_hash = sha256('\\x00'::bytea || convert_to(record::text, 'UTF8'))
         from audit.contents ${where.replace('sequence', 'leaves.sequence')} and contents.sequence = leaves.sequence`,
      ],
      'not_in_tree',
      4,
    ],
    [
      'a deleted record',
      [`delete from audit.leaves ${where}`, `delete from audit.contents ${where}`],
      'chain_broken',
      5,
    ],
    ['deleted contents that nothing purged', [`delete from audit.contents ${where}`], 'records_missing', 4],
    [
      'two records swapped',
      ['leaves', 'contents'].flatMap((table) => [
        `update audit.${table} set sequence = 1000 where sequence = 4`,
        `update audit.${table} set sequence = 4 where sequence = 5`,
        `update audit.${table} set sequence = 5 where sequence = 1000`,
      ]),
      'malformed_record',
      4,
    ],
    [
      'a record moved in from another correlation',
      [`update audit.leaves set correlation_id = 'rr-1' where sequence = 12`],
      'malformed_record',
      12,
    ],
  ])('finds %s', async (_name, statements, code, sequence) => {
    const server = await startTestServer(open);
    await store(server, 10);
    await store(server, 300, 'rr-2');
    await storeTiles(server.database, 'default');
    await tamper(server.database, ...statements);
    const report = await verify(server);
    expect(report).toMatchObject({
      is_valid: false,
      first_failure: { code, sequence },
      message: 'Hash chain verification FAILED: tampering detected',
    });
    expect(report.tampered_events?.[0]).toMatchObject({ code, sequence });
    if (sequence < 12)
      expect(await verify(server, 'rr-2')).toMatchObject({ is_valid: true, total_events: 300 });
  });

  it('does not believe a checkpoint that the log did not sign', async () => {
    const server = await startTestServer(open);
    await store(server, 4);
    await tamper(
      server.database,
      `update audit.logs set checkpoint = replace(checkpoint, E'\\n4\\n', E'\\n3\\n')`,
    );
    expect(await verify(server)).toMatchObject({
      is_valid: false,
      verified_events: 0,
      first_failure: { code: 'checkpoint_invalid' },
      message: 'Hash chain verification FAILED: the checkpoint of the log does not verify',
    });
  });

  it('counts purged records as purged and still follows their links', async () => {
    const server = await startTestServer(open, { now: () => Date.parse('2099-01-01T00:00:00Z') });
    await store(server, 4);
    await tamper(
      server.database,
      'delete from audit.contents where sequence = 1',
      `insert into audit.purges values ('default', 1, 1, 9)`,
    );
    expect(await verify(server)).toMatchObject({
      is_valid: true,
      total_events: 4,
      verified_events: 3,
      purged_events: 1,
    });
  });
});
