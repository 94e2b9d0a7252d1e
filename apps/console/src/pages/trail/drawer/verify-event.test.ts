import { generateKey, importSigner, leafHash, nodeHash, signCheckpoint } from '@audit/integrity';
import { expect, it } from 'vitest';
import { type EventClaim, verifyEvent } from './verify-event.ts';

const record = '{"sequence":1,"event_id":"019bbbad-4606-7c83-8695-a8e7c7176213"}';
const hash = leafHash(record);
const sibling = leafHash('{"sequence":0}');
const origin = 'log.example.com';

async function claimOf(changes: Partial<EventClaim> = {}): Promise<EventClaim> {
  const { signerKey, verifierKey } = await generateKey(origin);
  const root = nodeHash(sibling, hash);
  const checkpoint = await signCheckpoint({ origin, size: 2, root }, [await importSigner(signerKey)]);
  const proof = {
    event_id: '019bbbad-4606-7c83-8695-a8e7c7176213',
    sequence: 1,
    event_hash: hash,
    tree_size: 2,
    root_hash: root,
    audit_path: [sibling],
    checkpoint,
  };
  const keys = { log_id: 'default', origin, keys: [{ key: verifierKey, from: 0 }] };
  return { record, hash, served: { proof, keys }, canVerifySignatures: true, ...changes };
}

it('finds a record in the log that is signed, though nobody else has witnessed it', async () => {
  const report = await verifyEvent(await claimOf());
  expect(report.verdict).toBe('consistent_unwitnessed');
  expect(report.checks.map(({ outcome }) => outcome)).toEqual(['holds', 'holds', 'holds', 'not_checked']);
  expect(report.failure).toBeUndefined();
});

it('a changed record, another leaf, a foreign signature are broken', async () => {
  const changed = await verifyEvent(await claimOf({ record: record.replace('1', '2') }));
  expect(changed).toMatchObject({ verdict: 'broken', failure: expect.stringContaining('has the hash') });
  const other = await claimOf({ record: undefined, hash: leafHash('{}') });
  expect(await verifyEvent(other)).toMatchObject({ verdict: 'broken' });
  const claim = await claimOf();
  const foreign = await claimOf();
  const mixed = { ...claim.served, keys: foreign.served.keys };
  expect(await verifyEvent({ ...claim, served: mixed })).toMatchObject({ verdict: 'broken' });
});

it('says that it cannot check what it was not given, or what the browser does not verify', async () => {
  expect((await verifyEvent(await claimOf({ record: undefined }))).verdict).toBe('cannot_check');
  const insecure = await verifyEvent(await claimOf({ canVerifySignatures: false }));
  expect(insecure.verdict).toBe('cannot_check');
  expect(insecure.checks.map(({ outcome }) => outcome)).toEqual([
    'holds',
    'holds',
    'not_checked',
    'not_checked',
  ]);
});

it('an answer without a checkpoint proves nothing', async () => {
  const claim = await claimOf();
  const { checkpoint: _, ...proof } = claim.served.proof;
  const report = await verifyEvent({ ...claim, served: { ...claim.served, proof } });
  expect(report.verdict).toBe('broken');
});
