import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cosignCheckpoint,
  formatCheckpointBody,
  formatNote,
  generateKey,
  importSigner,
  isIntegrityError,
  leafHash,
  parseVerifier,
  safeParseCheckpointBody,
  safeParseNote,
  signCheckpoint,
  signNote,
  verifyCheckpoint,
} from './index.ts';
import { keys, origin, readVector } from './sample-log.test-support.ts';

const vectors = JSON.parse(readVector('notes.json')) as {
  go: {
    signerKey: string;
    verifierKeys: string[];
    text: string;
    note: string;
    twice: string;
    refusedKeys: string[];
  };
  checksumDatabase: { key: string; origin: string; note: string };
  cosigned: { key: string; witness: string; timestamp: number; note: string };
};
const { go } = vectors;

const body = { origin, size: 7, root: leafHash('root') };
const signed = (signerKey = keys.log.signerKey) =>
  importSigner(signerKey).then((signer) => signCheckpoint(body, [signer]));

describe('keys', () => {
  it.each(go.verifierKeys)('are those of the Go note package: %s', (key) => {
    expect(parseVerifier(key)).toMatchObject({ text: key, kind: 'ed25519' });
  });

  it('refuse every part and every change of a verifier key', () => {
    const [key = ''] = go.verifierKeys;
    for (let at = 0; at < key.length; at++) {
      const next = String.fromCharCode(key.charCodeAt(at) + 1);
      for (const wrong of [
        key.slice(0, at),
        key.slice(at + 1),
        key.slice(0, at) + next + key.slice(at + 1),
      ]) {
        expect(() => parseVerifier(wrong), wrong).toThrow(expect.toSatisfy(isIntegrityError));
      }
    }
  });

  it('refuse every change of a signer key', async () => {
    const key = go.signerKey;
    for (let at = 0; at < key.length; at++) {
      const next = String.fromCharCode(key.charCodeAt(at) + 1);
      await expect(importSigner(key.slice(0, at) + next + key.slice(at + 1))).rejects.toSatisfy(
        isIntegrityError,
      );
    }
  });

  it.each([...go.refusedKeys, '', '+', 'a+b', `${go.verifierKeys[0]}\n`, ` ${go.verifierKeys[0]}`])(
    'refuse %j',
    (key) => {
      expect(() => parseVerifier(key)).toThrow(expect.toSatisfy(isIntegrityError));
    },
  );

  it('are made in pairs that belong together', async () => {
    for (const kind of ['ed25519', 'cosignature'] as const) {
      const { signerKey, verifierKey } = await generateKey('log.example/a', kind);
      const signer = await importSigner(signerKey);
      expect(signer.verifier).toEqual(parseVerifier(verifierKey));
      expect(signer.verifier.kind).toBe(kind);
    }
    await expect(generateKey('two words')).rejects.toSatisfy(isIntegrityError);
  });
});

describe('notes', () => {
  it('are signed like those of the Go note package', async () => {
    expect(await signNote(go.text, [await importSigner(go.signerKey)])).toBe(go.note);
  });

  it('are read and written without a change', () => {
    for (const note of [go.note, go.twice, vectors.checksumDatabase.note, vectors.cosigned.note]) {
      const parsed = safeParseNote(note);
      expect(parsed && formatNote(parsed)).toBe(note);
    }
  });

  it.each([
    ['no signature', go.text],
    ['no signature line', `${go.text}\n`],
    ['no last newline', go.note.slice(0, -1)],
    ['a control character', `\u0001${go.note}`],
    ['a carriage return', go.note.replace('problem,\n', 'problem,\r\n')],
    ['a tab', go.note.replace('problem,', 'problem,\t')],
    ['a lone surrogate', go.note.replace('problem,', 'problem,\ud800')],
    ['a name with a space', go.note.replace('PeterNeumann', 'Peter Neumann')],
    ['a name with a plus', go.note.replace('PeterNeumann', 'Peter+Neumann')],
    ['a name with a no-break space', go.note.replace('PeterNeumann', 'Peter\u00a0Neumann')],
    ['a hyphen in place of the dash', go.note.replace('—', '-')],
    ['an unexpected line', `${go.note}Unexpected line.\n`],
    ['an empty line after', `${go.note}\n`],
    ['Base 64 with a space', go.note.replace('x08go', 'x08g o')],
    ['Base 64 without padding', go.note.replace('AM=', 'AM')],
    ['Base 64 with bits that are not used', go.note.replace('nAM=', 'nAN=')],
    ['a signature of four bytes', `${go.text}\n— PeterNeumann x08gow==\n`],
    [
      'too many signatures',
      go.text + `\n${go.note.split('\n\n')[1]}`.repeat(1).padEnd(0) + go.note.split('\n\n')[1]?.repeat(101),
    ],
  ])('with %s are none', (_, note) => {
    expect(safeParseNote(note)).toBeUndefined();
  });

  it('are none, whatever is changed into a hostile text, or say exactly what was signed', async () => {
    const note = await signed();
    const hostile = fc.tuple(fc.nat(note.length), fc.nat(3), fc.string({ unit: 'binary', maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(hostile, async ([at, removed, added]) => {
        const changed = note.slice(0, at) + added + note.slice(at + removed);
        fc.pre(changed !== note);
        const report = await verifyCheckpoint(changed, { keys: [keys.log.verifierKey] });
        expect(report.verdict === 'broken' || report.checkpoint?.root === body.root).toBe(true);
        if (report.verdict !== 'broken')
          expect(safeParseNote(changed)?.text).toBe(formatCheckpointBody(body));
      }),
      { numRuns: 300 },
    );
  });

  it('refuse to sign what is no text of a note', async () => {
    const signer = await importSigner(go.signerKey);
    for (const text of ['abc', '', 'a\u0000\n', 'a\ud800\n']) {
      await expect(signNote(text, [signer])).rejects.toSatisfy(isIntegrityError);
    }
    const witness = await importSigner(keys.witness.signerKey);
    await expect(signNote('a\n', [witness])).rejects.toSatisfy(isIntegrityError);
    await expect(signNote('a\n', [])).rejects.toSatisfy(isIntegrityError);
  });
});

describe('checkpoints', () => {
  it('of the Go checksum database verify', async () => {
    const { key, note, origin: name } = vectors.checksumDatabase;
    const report = await verifyCheckpoint(note, { keys: [key], origin: name });
    expect(report).toMatchObject({ verdict: 'consistent_unwitnessed', checkpoint: { size: 6476701 } });
    expect((await verifyCheckpoint(note, { keys: [key] })).failure?.code).toBe('wrong_origin');
    expect(
      (await verifyCheckpoint(note.replace('6476701', '6476702'), { keys: [key], origin: name })).failure
        ?.code,
    ).toBe('signature_invalid');
  });

  it('of a public log verify with the cosignature of a public witness', async () => {
    const { key, witness, note, timestamp } = vectors.cosigned;
    const report = await verifyCheckpoint(note, { keys: [key], witnesses: [witness] });
    expect(report).toMatchObject({
      verdict: 'proven',
      checkpoint: { origin: 'arche2025h1.staging.ct.transparency.dev', size: 1432088532 },
      witnessedBy: [{ name: 'remora.n621.de', id: 'da77ade7', timestamp }],
    });
    expect(
      (await verifyCheckpoint(note, { keys: [key], witnesses: [witness], witnessesRequired: 2 })).verdict,
    ).toBe('consistent_unwitnessed');
  });

  it.each([
    '',
    'log\n',
    'log\n1\n',
    `\n1\n${'A'.repeat(43)}=\n`,
    `log\n01\n${'A'.repeat(43)}=\n`,
    `log\n-1\n${'A'.repeat(43)}=\n`,
    `log\n1e3\n${'A'.repeat(43)}=\n`,
    `log\n0x10\n${'A'.repeat(43)}=\n`,
    `log\n 1\n${'A'.repeat(43)}=\n`,
    `log\n9007199254740993\n${'A'.repeat(43)}=\n`,
    `log\n1\n${'A'.repeat(44)}\n`,
    'log\n1\nYmFuYW5hcw==\n',
    `log\n1\n${'A'.repeat(43)}=`,
    `log\n1\n${'A'.repeat(43)}=\n\nextension\n`,
  ])('that say %j are none', (text) => {
    expect(safeParseCheckpointBody(text)).toBeUndefined();
  });

  it('read what they write, extension lines included', () => {
    const line = fc.string({ minLength: 1 }).filter((text) => !text.includes('\n'));
    const any = fc.record({
      origin: line,
      size: fc.nat(Number.MAX_SAFE_INTEGER),
      root: fc.nat().map((leaf) => leafHash(`${leaf}`)),
      extensions: fc.array(line, { maxLength: 3 }),
    });
    fc.assert(
      fc.property(any, (checkpoint) => {
        expect(safeParseCheckpointBody(formatCheckpointBody(checkpoint))).toEqual(checkpoint);
      }),
    );
  });

  it('of unknown keys are refused, with no key at all they cannot be checked', async () => {
    const note = await signed();
    expect((await verifyCheckpoint(note, { keys: [keys.laterLog.verifierKey] })).failure?.code).toBe(
      'no_known_signature',
    );
    expect((await verifyCheckpoint(note, { keys: [] })).verdict).toBe('cannot_check');
  });

  it('follow a change of the key: the old one up to a size, the new one from it, both at it', async () => {
    const trust = (size: number) => ({
      keys: [
        { key: keys.log.verifierKey, until: size },
        { key: keys.laterLog.verifierKey, from: size },
      ],
    });
    const [before, after] = [await signed(), await signed(keys.laterLog.signerKey)];
    expect((await verifyCheckpoint(before, trust(8))).verdict).toBe('consistent_unwitnessed');
    expect((await verifyCheckpoint(after, trust(8))).failure?.code).toBe('key_out_of_period');
    expect((await verifyCheckpoint(before, trust(6))).failure?.code).toBe('key_out_of_period');
    expect((await verifyCheckpoint(after, trust(6))).verdict).toBe('consistent_unwitnessed');
    const signers = await Promise.all(
      [keys.log, keys.laterLog].map(({ signerKey }) => importSigner(signerKey)),
    );
    const both = await signCheckpoint(body, signers);
    expect((await verifyCheckpoint(both, trust(7))).signedBy.map(({ id }) => id)).toEqual([
      '72b5e219',
      '9d7a2e01',
    ]);
  });
});

describe('witnesses', () => {
  const trust = {
    keys: [keys.log.verifierKey],
    witnesses: [keys.witness.verifierKey, keys.otherWitness.verifierKey],
    witnessesRequired: 2,
  };
  const cosigned = async (note: string, { signerKey }: { signerKey: string }, timestamp: number) =>
    cosignCheckpoint(note, await importSigner(signerKey), timestamp);

  it('are counted, with the time they state', async () => {
    const one = await cosigned(await signed(), keys.witness, 1_768_380_000);
    expect((await verifyCheckpoint(one, trust)).verdict).toBe('consistent_unwitnessed');
    const two = await cosigned(one, keys.otherWitness, 1_768_380_001);
    expect(await verifyCheckpoint(two, trust)).toMatchObject({
      verdict: 'proven',
      witnessedBy: [
        { name: 'witness.example/w1', timestamp: 1_768_380_000 },
        { name: 'witness.example/w2', timestamp: 1_768_380_001 },
      ],
    });
  });

  it('that cosign again count once', async () => {
    const again = await cosigned(await cosigned(await signed(), keys.witness, 1), keys.witness, 2);
    const report = await verifyCheckpoint(again, trust);
    expect(report.witnessedBy).toEqual([{ name: 'witness.example/w1', id: 'd98a4ee5', timestamp: 2 }]);
    expect(report.verdict).toBe('consistent_unwitnessed');
  });

  it('that signed another checkpoint or time break the note', async () => {
    const note = await cosigned(await signed(), keys.witness, 1_768_380_000);
    const parsed = safeParseNote(note);
    const [log, witness] = parsed?.signatures ?? [];
    if (log === undefined || witness === undefined) throw new Error('no signatures');
    const later = formatNote({
      text: parsed?.text ?? '',
      signatures: [log, { ...witness, bytes: witness.bytes.with(7, 1) }],
    });
    expect((await verifyCheckpoint(later, trust)).failure?.code).toBe('signature_invalid');
  });

  it('cosign only checkpoints, with keys of witnesses', async () => {
    await expect(cosigned(go.note, keys.witness, 1)).rejects.toSatisfy(isIntegrityError);
    await expect(cosigned(await signed(), keys.log, 1)).rejects.toSatisfy(isIntegrityError);
    await expect(cosigned(await signed(), keys.witness, -1)).rejects.toSatisfy(isIntegrityError);
  });
});
