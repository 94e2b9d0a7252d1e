import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cosignCheckpoint,
  importSigner,
  leafHash,
  type PackItem,
  type ReasonCode,
  signCheckpoint,
  signNote,
  type Trust,
  verifyPack,
} from './index.ts';
import {
  checkpointOf,
  itemsAt,
  keys,
  logOf,
  logSigner,
  makeLog,
  makeRecord,
  origin,
  packOf,
  positions,
} from './sample-log.test-support.ts';

const trust: Trust = { keys: [keys.log.verifierKey], witnesses: [keys.witness.verifierKey] };
const log = makeLog(30, 4);
const purged = { sequence: 14, event_hash: log.leaves[14] ?? '', by_sequence: 29 };
const items: PackItem[] = itemsAt(log, positions(10, 20)).with(4, { purged });
const pack = await packOf(log, { kind: 'range', begin: 10, end: 20 }, items);
const lines = pack.split('\n').slice(0, -1);

// The pack: manifest, key, checkpoint, hashes, proof, ten records from line 5 on (the fifth purged), proof, count, signature.
const first = 5;
const [manifest, key, checkpoint, hashes, proof, ending, count, signature] = [0, 1, 2, 3, 4, 15, 16, 17];
const lineAt = (at: number) => lines[at] ?? '';
const text = (changed: readonly string[]) => changed.map((line) => `${line}\n`).join('');
const replace = (at: number, before: string | RegExp, after: string) =>
  text(lines.with(at, lineAt(at).replace(before, after)));
const note = (at: number) => JSON.parse(lineAt(at).replace(/^#\w+ /, '')) as string;

/** A pack around other content, signed like an honest one: what only the log's owner could forge. */
const forged = (other: typeof log, some: readonly PackItem[], begin = 10, end = 20) =>
  packOf(other, { kind: 'range', begin, end }, some);

const changedLog = logOf(log.lines.with(12, (log.lines[12] ?? '').replace('info', 'warn')));
const changedLate = logOf(log.lines.with(18, (log.lines[18] ?? '').replace('info', 'warn')));
const strangersSigner = await importSigner(keys.laterLog.signerKey);
const strangersCheckpoint = await signCheckpoint({ origin, size: 30, root: log.root }, [strangersSigner]);
const otherRoot = await signCheckpoint({ origin, size: 30, root: leafHash('x') }, [await logSigner()]);
const smaller = await signCheckpoint({ origin, size: 15, root: leafHash('x') }, [await logSigner()]);
const otherOrigin = await signCheckpoint({ origin: 'other.example/log', size: 30, root: log.root }, [
  await logSigner(),
]);
const witnessSigner = await importSigner(keys.witness.signerKey);
const cosigned = await cosignCheckpoint(note(checkpoint), witnessSigner, 1_768_380_000);
const cosignedOther = cosigned.replace('\n30\n', '\n31\n');
const signatureOfOther = await signNote(`audit-pack/1\n${origin}\n3\n${'A'.repeat(43)}=\n`, [
  await logSigner(),
]);
const quoted = (word: string, value: string) => `#${word} ${JSON.stringify(value)}`;

type Case = readonly [name: string, changed: string, code: ReasonCode, sequence?: number];

const cases: readonly Case[] = [
  // Records.
  ['a changed byte in a record', replace(first + 2, 'info', 'warn'), 'record_changed', 12],
  ['a changed byte in the last record', replace(first + 9, 'info', 'warn'), 'record_changed', 19],
  ['a record written in another way', replace(first, '{"version"', '{ "version"'), 'record_changed', 10],
  ['a carriage return after a record', replace(first, /$/, '\r'), 'record_changed', 10],
  ['a changed received_at', replace(first + 1, 'T08:44:14', 'T08:44:15'), 'record_changed', 11],
  [
    'a changed previous hash',
    replace(first + 6, /"previous_event_hash":"./, '"previous_event_hash":"0'),
    'record_changed',
    16,
  ],
  ['a changed sequence', replace(first + 3, '"sequence":13', '"sequence":12'), 'sequence_repeated', 13],
  ['a removed record', text(lines.toSpliced(first + 3, 1)), 'sequence_gap', 13],
  ['the first record removed', text(lines.toSpliced(first, 1)), 'sequence_gap', 10],
  ['the last record removed', text(lines.toSpliced(first + 9, 1)), 'records_missing', 19],
  [
    'a record that comes twice',
    text(lines.toSpliced(first + 3, 0, lineAt(first + 3))),
    'sequence_repeated',
    14,
  ],
  [
    'two records swapped',
    text(lines.with(first + 1, lineAt(first + 2)).with(first + 2, lineAt(first + 1))),
    'sequence_gap',
    11,
  ],
  [
    'records reversed',
    text([
      ...lines.slice(0, first),
      ...lines.slice(first, first + 10).toReversed(),
      ...lines.slice(first + 10),
    ]),
    'sequence_gap',
    10,
  ],
  [
    'a record of elsewhere added',
    text(lines.toSpliced(first + 2, 0, log.lines[25] ?? '')),
    'sequence_gap',
    12,
  ],
  ['a record of another log', replace(first, '"log_id":"default"', '"log_id":"other"'), 'wrong_log', 10],
  ['an empty record', replace(first, /.*/, '{}'), 'malformed_record', 10],
  ['a record cut short', replace(first, /.{20}$/, ''), 'malformed_record', 10],
  ['a record replaced by a comment', replace(first, /^/, '# '), 'malformed_line'],
  ['an empty line', text(lines.toSpliced(first, 0, '')), 'malformed_line'],
  ['a record before the manifest', text([lineAt(first), ...lines]), 'unknown_format'],
  ['a record after the count', text(lines.toSpliced(signature, 0, lineAt(first))), 'malformed_line'],
  // Purged records.
  [
    'a record declared purged',
    replace(
      first + 2,
      /.*/,
      `#purged ${JSON.stringify({ ...purged, sequence: 12, event_hash: log.leaves[12] })}`,
    ),
    'count_mismatch',
  ],
  [
    'a purged record with another hash',
    replace(first + 4, purged.event_hash, leafHash('x')),
    'hashes_mismatch',
    14,
  ],
  [
    'a purged record with another sequence',
    replace(first + 4, '"sequence":14', '"sequence":15'),
    'sequence_gap',
    14,
  ],
  ['a purged record removed', text(lines.toSpliced(first + 4, 1)), 'sequence_gap', 14],
  [
    'a purge by another record',
    replace(first + 4, '"by_sequence":29', '"by_sequence":28'),
    'digest_mismatch',
  ],
  [
    'a purged record put back, changed',
    replace(first + 4, /.*/, (log.lines[14] ?? '').replace('info', 'warn')),
    'record_changed',
    14,
  ],
  ['a purged record that is none', replace(first + 4, /.*/, '#purged {}'), 'malformed_line'],
  // Hashes, proof, count.
  ['a changed list of hashes', replace(hashes, /"./, '"/'), 'record_changed', 10],
  ['a list of hashes cut short', replace(hashes, /.{44}"$/, '"'), 'malformed_line'],
  ['no list of hashes', text(lines.toSpliced(hashes, 1)), 'malformed_line'],
  ['two lists of hashes', text(lines.toSpliced(hashes, 0, lineAt(hashes))), 'records_missing', 10],
  ['a changed proof', replace(proof, /\["./, '["0'), 'root_mismatch'],
  ['a changed proof at the end', replace(ending, /\["./, '["0'), 'root_mismatch'],
  ['no proof', text(lines.toSpliced(proof, 1)), 'malformed_proof', 10],
  ['no proof at the end', text(lines.toSpliced(ending, 1)), 'malformed_proof'],
  ['a proof of more hashes', replace(proof, '["', `["${leafHash('x')}","`), 'malformed_proof', 10],
  ['a proof that comes twice', text(lines.toSpliced(proof, 0, lineAt(proof))), 'malformed_line'],
  [
    'a proof between records without a gap',
    text(lines.toSpliced(first + 3, 0, lineAt(proof))),
    'malformed_proof',
    13,
  ],
  ['a proof that is no hash', replace(proof, /\["[0-9a-f]{64}"/, '["x"'), 'malformed_line'],
  ['another count', replace(count, '"records":9', '"records":10'), 'count_mismatch'],
  ['no count', text(lines.toSpliced(count, 1)), 'malformed_line'],
  // Manifest and population.
  ['another format', replace(manifest, 'audit-pack/1', 'audit-pack/0'), 'unknown_format'],
  ['a range that begins later', replace(manifest, '"begin":10', '"begin":11'), 'sequence_repeated', 11],
  ['a range that begins earlier', replace(manifest, '"begin":10', '"begin":9'), 'sequence_gap', 9],
  ['a range that ends later', replace(manifest, '"end":20', '"end":21'), 'records_missing', 20],
  ['a range that ends earlier', replace(manifest, '"end":20', '"end":19'), 'outside_population', 19],
  [
    'a range called a filter',
    replace(manifest, /"kind":"range"/, '"kind":"filter","filter":{}'),
    'digest_mismatch',
  ],
  ['another maker', replace(manifest, 'ada@', 'eve@'), 'digest_mismatch'],
  ['another time', replace(manifest, '2026-01-14T09', '2026-01-14T10'), 'digest_mismatch'],
  [
    'another log in the manifest',
    replace(manifest, '"log_id":"default"', '"log_id":"other"'),
    'wrong_log',
    10,
  ],
  ['another origin in the manifest', replace(manifest, 'audit.example', 'other.example'), 'wrong_origin'],
  ['two manifests', text([lineAt(manifest), ...lines]), 'malformed_line'],
  ['no manifest', text(lines.slice(1)), 'unknown_format'],
  // Keys, checkpoint, signature.
  ['another key named', replace(key, keys.log.verifierKey, keys.laterLog.verifierKey), 'digest_mismatch'],
  ['no key named', text(lines.toSpliced(key, 1)), 'digest_mismatch'],
  ['a key without its type', replace(key, '"use":"log"', '"use":"any"'), 'malformed_line'],
  [
    'a checkpoint of a stranger',
    text(lines.with(checkpoint, quoted('checkpoint', strangersCheckpoint))),
    'no_known_signature',
  ],
  [
    'a checkpoint with another root',
    text(lines.with(checkpoint, quoted('checkpoint', otherRoot))),
    'root_mismatch',
  ],
  [
    'a checkpoint of a smaller tree',
    text(lines.with(checkpoint, quoted('checkpoint', smaller))),
    'index_out_of_range',
    15,
  ],
  [
    'a checkpoint of another log',
    text(lines.with(checkpoint, quoted('checkpoint', otherOrigin))),
    'wrong_origin',
  ],
  ['a checkpoint whose size was changed', replace(checkpoint, '\\n30\\n', '\\n31\\n'), 'signature_invalid'],
  [
    'a checkpoint whose signature was changed',
    replace(checkpoint, /(— \S+ .{10})./, '$1A'),
    'signature_invalid',
  ],
  [
    'a checkpoint signed with no algorithm',
    replace(checkpoint, /— audit.example\/log \S+\\n/, ''),
    'malformed_checkpoint',
  ],
  [
    'a checkpoint with the signature of the pack',
    text(lines.with(checkpoint, quoted('checkpoint', note(signature)))),
    'malformed_checkpoint',
  ],
  [
    'a checkpoint that a witness cosigned, changed',
    text(lines.with(checkpoint, quoted('checkpoint', cosignedOther))),
    'signature_invalid',
  ],
  [
    'a checkpoint replaced by an equal one with a cosignature',
    text(lines.with(checkpoint, quoted('checkpoint', cosigned))),
    'digest_mismatch',
  ],
  ['two checkpoints', text(lines.toSpliced(checkpoint, 0, lineAt(checkpoint))), 'malformed_line'],
  ['no checkpoint', text(lines.toSpliced(checkpoint, 1)), 'malformed_line'],
  [
    'a signature of another pack',
    text(lines.with(signature, quoted('signature', signatureOfOther))),
    'digest_mismatch',
  ],
  [
    'a signature of a stranger',
    text(
      lines.with(
        signature,
        quoted('signature', await signNote(`${note(signature).split('\n\n')[0]}\n`, [strangersSigner])),
      ),
    ),
    'no_known_signature',
  ],
  [
    'the checkpoint as signature',
    text(lines.with(signature, quoted('signature', note(checkpoint)))),
    'malformed_note',
  ],
  [
    'a signature that was changed',
    replace(signature, /\\n— (\S+) (.{8})./, '\\n— $1 $2A'),
    'signature_invalid',
  ],
  ['no signature', text(lines.slice(0, -1)), 'pack_truncated'],
  ['no last newline', pack.slice(0, -1), 'pack_truncated'],
  ['cut in the middle', pack.slice(0, pack.length >> 1), 'pack_truncated'],
  ['nothing', '', 'unknown_format'],
  ['something after the signature', `${pack}\n`, 'content_after_end'],
  ['part of a line after the signature', `${pack}#`, 'content_after_end'],
  ['two packs in one file', pack + pack, 'content_after_end'],
  ['a word of no meaning', text(lines.toSpliced(first, 0, '#note "hello"')), 'malformed_line'],
  [
    'a disclosure without a record',
    text(lines.toSpliced(first, 0, '#disclosure {"pointer":"/a","disclosure":"AAAA"}')),
    'malformed_line',
  ],
  [
    'a disclosure the record does not vouch for',
    text(lines.toSpliced(first + 1, 0, '#disclosure {"pointer":"/a","disclosure":"AAAA"}')),
    'disclosure_mismatch',
    10,
  ],
  ['bytes that are no UTF-8 in a line', replace(count, 'records', 'rec\ud800ords'), 'count_mismatch'],
  // Whole packs that are put together anew, by whoever can sign.
  [
    'a changed record, its hash listed',
    await forged(log, itemsAt(changedLog, positions(10, 20))),
    'chain_broken',
    16,
  ],
  [
    'a changed record without a successor, its hash listed',
    await forged(log, itemsAt(changedLate, positions(10, 20))),
    'root_mismatch',
  ],
  ['a record left out, the rest proven', await forged(log, items.toSpliced(3, 1)), 'sequence_gap', 13],
  ['the end left out, the rest proven', await forged(log, items.slice(0, 8)), 'records_missing', 18],
  [
    'a purged record with a forged hash',
    await forged(log, items.with(4, { purged: { ...purged, event_hash: leafHash('x') } })),
    'chain_broken',
    18,
  ],
  [
    'a log written anew from one record on, links kept',
    await forged(changedLog, itemsAt(changedLog, positions(10, 20))),
    'chain_broken',
    16,
  ],
  [
    'a log whose records were moved up',
    await forged(logOf(log.lines.slice(1)), itemsAt(log, positions(10, 20))),
    'root_mismatch',
  ],
  ['a log with a forged chain', await forgedChain(), 'chain_broken', 13],
];

function forgedChain(): Promise<string> {
  const other = logOf(
    log.lines.with(13, makeRecord(13, 'rr-9', leafHash('x'))).with(12, makeRecord(12, 'rr-9', '')),
  );
  return forged(other, itemsAt(other, positions(10, 20)));
}

describe('a pack that was tampered with', () => {
  it('is an honest one before', async () => {
    expect(await verifyPack([pack], { trust })).toMatchObject({
      verdict: 'consistent_unwitnessed',
      records: 9,
      purged: 1,
      signedBy: { name: origin },
    });
    expect(await checkpointOf(log)).toBe(note(checkpoint));
  });

  const found = cases.map(([name, changed, code, sequence]) => ({ name, changed, code, sequence }));

  it.each(found)('is found: $name', async ({ changed, code, sequence }) => {
    const report = await verifyPack([changed], { trust });
    expect(report.verdict).toBe('broken');
    expect(report.failure).toMatchObject(sequence === undefined ? { code } : { code, sequence });
  });

  it('says on which line, for any edit, and is never accepted', async () => {
    const edit = fc.tuple(fc.nat(pack.length - 1), fc.nat(2), fc.string({ unit: 'binary', maxLength: 2 }));
    await fc.assert(
      fc.asyncProperty(edit, async ([at, removed, added]) => {
        const changed = pack.slice(0, at) + added.toWellFormed() + pack.slice(at + removed);
        fc.pre(changed !== pack);
        const report = await verifyPack([changed], { trust });
        expect(report.verdict).toBe('broken');
        const line = pack.slice(0, at).split('\n').length;
        if (report.failure?.line !== undefined) expect(report.failure.line).toBeGreaterThanOrEqual(line);
        if (line > first && line <= first + 10 && line !== first + 5) {
          expect(report.failure?.sequence).toBe(line - first + 9);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is found when its key was changed and the old one signs on', async () => {
    const later = {
      keys: [
        { key: keys.log.verifierKey, until: 20 },
        { key: keys.laterLog.verifierKey, from: 20 },
      ],
    };
    expect((await verifyPack([pack], { trust: later })).failure?.code).toBe('key_out_of_period');
  });

  it('is found by whoever trusts another key', async () => {
    expect((await verifyPack([pack], { trust: { keys: [keys.laterLog.verifierKey] } })).failure?.code).toBe(
      'no_known_signature',
    );
  });
});
