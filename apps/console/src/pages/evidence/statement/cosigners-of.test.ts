import { cosignCheckpoint, generateKey, importSigner, safeParseNote, signCheckpoint } from '@audit/integrity';
import { expect, it } from 'vitest';
import { cosignersOf } from './cosigners-of.ts';

it('reads who cosigned, and when', async () => {
  const log = await importSigner((await generateKey('log.test', 'ed25519')).signerKey);
  const witness = await importSigner((await generateKey('witness.test', 'cosignature')).signerKey);
  const signed = await signCheckpoint({ origin: 'log.test', size: 3, root: 'ab'.repeat(32) }, [log]);
  const note = safeParseNote(await cosignCheckpoint(signed, witness, 1_800_000_000));
  expect(cosignersOf((note?.signatures ?? []).slice(1))).toEqual([
    { name: 'witness.test', id: expect.stringMatching(/^[0-9a-f]{8}$/), at: '2027-01-15T08:00:00.000Z' },
  ]);
});

it('says nothing of a time that is none', () => {
  const signature = { name: 'x', id: '00000000', bytes: new Uint8Array(4) };
  expect(cosignersOf([signature, { ...signature, bytes: new Uint8Array(8).fill(255) }])).toEqual([
    { name: 'x', id: '00000000', at: undefined },
    { name: 'x', id: '00000000', at: undefined },
  ]);
});
