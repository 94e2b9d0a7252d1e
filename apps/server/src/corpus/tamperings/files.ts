import {
  generateKey,
  importSigner,
  leafHash,
  safeParseNote,
  signCheckpoint,
  signNote,
} from '@audit/integrity';
import type { CourierFile, CourierFiles } from '../courier-files.ts';
import type { FileTampering } from '../tampering.ts';

const origin = 'audit.local/default';

/** Changes the lines of a file. */
const lines =
  (change: (lines: string[], files: CourierFiles) => string[]) =>
  (text: string, files: CourierFiles): string =>
    change(text.split('\n').slice(0, -1), files)
      .map((line) => `${line}\n`)
      .join('');

const edit = (at: number, before: string | RegExp, after: string) =>
  lines((all) => all.with(at, (all[at] ?? '').replace(before, after)));

const purgedLine = (sequence: number, hash: string, by: number) =>
  `#purged {"sequence":${sequence},"event_hash":"${hash}","by_sequence":${by}}`;

/** Declares a record purged, with its true hash. */
const purgedBy = (by: number) => lines((all) => all.with(10, purgedLine(10, leafHash(all[10] ?? ''), by)));

/** An export is changed. */
export const exportTamperings: readonly FileTampering[] = [
  { name: 'edits a record', does: edit(10, 'success', 'failure'), found: 'chain_broken at 15' },
  { name: 'edits the last record', does: edit(321, 'success', 'failure'), found: 'root_mismatch' },
  {
    name: 'edits a record that purged others',
    does: edit(43, '"first_sequence":3', '"first_sequence":2'),
    found: 'root_mismatch',
  },
  { name: 'removes the first line', does: lines((all) => all.slice(1)), found: 'sequence_gap at 0' },
  { name: 'removes a line', does: lines((all) => all.toSpliced(10, 1)), found: 'sequence_gap at 10' },
  { name: 'removes the last line', does: lines((all) => all.slice(0, -1)), found: 'records_missing at 321' },
  { name: 'removes a purged line', does: lines((all) => all.toSpliced(13, 1)), found: 'sequence_gap at 13' },
  {
    name: 'removes every line of a correlation',
    does: lines((all) => all.filter((line) => !line.includes('"correlation_id":"rr-c"'))),
    found: 'sequence_gap at 47',
  },
  { name: 'removes everything', does: () => '', found: 'records_missing at 0' },
  {
    name: 'swaps two lines',
    does: lines((all) => all.with(10, all[11] ?? '').with(11, all[10] ?? '')),
    found: 'sequence_gap at 10',
  },
  { name: 'reverses the lines', does: lines((all) => all.toReversed()), found: 'sequence_gap at 0' },
  {
    name: 'repeats a line',
    does: lines((all) => all.toSpliced(10, 0, all[10] ?? '')),
    found: 'sequence_repeated at 11',
  },
  { name: 'repeats the file', does: (text) => text + text, found: 'records_surplus at 322' },
  { name: 'cuts the last newline', does: (text) => text.slice(0, -1), found: 'records_missing at 321' },
  {
    name: 'cuts within a line',
    does: (text) => text.slice(0, text.length >> 1),
    found: 'records_missing at 163',
  },
  {
    name: 'cuts between two lines',
    does: lines((all) => all.slice(0, 200)),
    found: 'records_missing at 200',
  },
  { name: 'joins two lines', does: (text) => text.replace('}\n{', '}{'), found: 'sequence_gap at 0' },
  {
    name: 'breaks a line',
    does: (text) => text.replace(',"event_category"', ',\n"event_category"'),
    found: 'malformed_record at 0',
  },
  {
    name: 'adds a line',
    does: lines((all) => [...all, (all[319] ?? '').replace('"sequence":319', '"sequence":321')]),
    found: 'records_surplus at 322',
  },
  {
    name: 'adds a comment',
    does: lines((all) => all.toSpliced(10, 0, '# checked')),
    found: 'malformed_record at 10',
  },
  {
    name: 'adds an empty line',
    does: lines((all) => all.toSpliced(10, 0, '')),
    found: 'malformed_record at 10',
  },
  {
    name: 'ends the lines as Windows does',
    does: (text) => text.replaceAll('\n', '\r\n'),
    found: 'chain_broken at 5',
  },
  { name: 'begins with a byte order mark', does: (text) => `\ufeff${text}`, found: 'malformed_record at 0' },
  { name: 'writes it in Latin letters', does: (text) => text.replace('é', 'e'), found: 'chain_broken at 5' },
  { name: 'ends it with a zero byte', does: (text) => `${text}\0`, found: 'records_missing at 322' },
  {
    name: 'declares a record purged, by a purge that did not name it',
    does: purgedBy(43),
    found: 'purge_unfounded at 10',
  },
  {
    name: 'declares a record purged, by what is no purge',
    does: purgedBy(44),
    found: 'purge_unfounded at 10',
  },
  {
    name: 'declares a record purged, by a purge to come',
    does: purgedBy(500),
    found: 'purge_unfounded at 10',
  },
  { name: 'declares a record purged, by one before it', does: purgedBy(3), found: 'purge_unfounded at 10' },
  {
    name: 'puts another hash in a purged line',
    does: lines((all) => all.with(13, purgedLine(13, leafHash('x'), 43))),
    found: 'root_mismatch',
  },
  {
    name: 'puts another sequence in a purged line',
    does: edit(13, '"sequence":13', '"sequence":14'),
    found: 'sequence_gap at 13',
  },
  {
    name: 'puts contents in the place of a purged record',
    does: lines((all) => all.with(13, (all[10] ?? '').replace('"sequence":10', '"sequence":13'))),
    found: 'chain_broken at 13',
  },
  {
    name: 'adds a value that no record vouches for',
    does: lines((all) =>
      all.toSpliced(
        11,
        0,
        '#disclosure {"pointer":"/actor_id","disclosure":"WyJzYWx0IiwiYWN0b3JfaWQiLCJldmUiXQ"}',
      ),
    ),
    found: 'disclosure_mismatch at 10',
  },
  {
    name: 'gives a pack for an export',
    does: (_text, files) => files['range pack'],
    found: 'malformed_record at 0',
  },
];

/** Signs a checkpoint with a key of its own for the name of the log. */
async function forgeCheckpoint(size: number, root: string, name = origin): Promise<string> {
  const { signerKey } = await generateKey(name);
  return signCheckpoint({ origin: name, size, root }, [await importSigner(signerKey)]);
}

/** The checkpoint beside an export is changed. */
export const checkpointTamperings: readonly FileTampering[] = [
  { name: 'edits the size', does: (text) => text.replace('\n322\n', '\n321\n'), found: 'signature_invalid' },
  {
    name: 'edits the root',
    does: (text) =>
      text.replace(
        /\n(.)(.{43})\n/,
        (_all, first: string, rest: string) => `\n${first === 'A' ? 'B' : 'A'}${rest}\n`,
      ),
    found: 'signature_invalid',
  },
  {
    name: 'edits the name of the log',
    does: (text) => text.replace(/^audit\.local\/default/, 'audit.local/other'),
    found: 'signature_invalid',
  },
  {
    name: 'takes the log’s signature away and leaves the witness’s',
    does: (text) => text.replace(/— audit\.local.*\n/, ''),
    found: 'no_known_signature',
  },
  {
    name: 'takes the signatures away',
    does: (text) => text.slice(0, text.indexOf('—')),
    found: 'malformed_note',
  },
  {
    name: 'edits a cosignature',
    does: (text) => text.replace(/(— witness\S+ .{30})./, (_all, before: string) => `${before}_`),
    found: 'malformed_note',
  },
  {
    name: 'puts a forged one in its place',
    does: () => forgeCheckpoint(321, leafHash('x')),
    found: 'no_known_signature',
  },
  {
    name: 'puts one of another log in its place',
    does: () => forgeCheckpoint(321, leafHash('x'), 'audit.local/other'),
    found: 'no_known_signature',
  },
  {
    name: 'puts the signature of a pack in its place',
    does: (_text, files) =>
      JSON.parse((files['range pack'].split('\n').at(-2) ?? '').slice('#signature '.length)) as string,
    found: 'malformed_checkpoint',
  },
  {
    name: 'puts the checkpoint of a pack in its place',
    does: (_text, files) => JSON.parse(/^#checkpoint (.*)$/m.exec(files['sample pack'])?.[1] ?? '') as string,
    found: 'records_missing at 322',
  },
  { name: 'empties it', does: () => '', found: 'malformed_note' },
];

const path =
  (file: 'audit_path' | 'consistency_path', change: (path: string[]) => string[]) => (text: string) => {
    const proof = JSON.parse(text) as Record<string, string[]>;
    return JSON.stringify({ ...proof, [file]: change(proof[file] ?? []) });
  };

/** A proof that a record is in the log is changed. */
export const inclusionTamperings: readonly FileTampering[] = [
  {
    name: 'edits a hash',
    does: path('audit_path', (hashes) => hashes.with(2, leafHash('x'))),
    found: 'root_mismatch at 100',
  },
  {
    name: 'removes a hash',
    does: path('audit_path', (hashes) => hashes.slice(1)),
    found: 'malformed_proof at 100',
  },
  {
    name: 'adds a hash',
    does: path('audit_path', (hashes) => [...hashes, leafHash('x')]),
    found: 'malformed_proof at 100',
  },
  {
    name: 'swaps two hashes',
    does: path('audit_path', ([one = '', other = '', ...rest]) => [other, one, ...rest]),
    found: 'root_mismatch at 100',
  },
  {
    name: 'proves it at another place',
    does: (text) => text.replace('"sequence":100', '"sequence":101'),
    found: 'root_mismatch at 101',
  },
  {
    name: 'proves it beyond the end',
    does: (text) => text.replace('"sequence":100', '"sequence":321'),
    found: 'malformed_proof at 321',
  },
];

/** A proof that the log only grew is changed. */
export const consistencyTamperings: readonly FileTampering[] = [
  {
    name: 'edits a hash',
    does: path('consistency_path', (hashes) => hashes.with(1, leafHash('x'))),
    found: 'root_mismatch',
  },
  {
    name: 'removes a hash',
    does: path('consistency_path', (hashes) => hashes.slice(1)),
    found: 'malformed_proof',
  },
  {
    name: 'adds a hash',
    does: path('consistency_path', (hashes) => [...hashes, leafHash('x')]),
    found: 'malformed_proof',
  },
  { name: 'removes all hashes', does: path('consistency_path', () => []), found: 'malformed_proof' },
];

/** A tile is changed. */
export const tileTamperings: readonly FileTampering[] = [
  {
    name: 'edits a hash',
    does: (text) => `${leafHash('x')}${text.slice(64)}`,
    found: 'root_mismatch at 321',
  },
  {
    name: 'swaps two hashes',
    does: (text) => text.slice(64, 128) + text.slice(0, 64) + text.slice(128),
    found: 'root_mismatch at 321',
  },
  {
    name: 'repeats a hash',
    does: (text) => text.slice(0, 64) + text.slice(0, 64) + text.slice(128),
    found: 'root_mismatch at 321',
  },
];

const line = (pattern: RegExp, change: (line: string) => string[]) =>
  lines((all) => all.flatMap((each) => (pattern.test(each) ? change(each) : [each])));
const replaced = (pattern: RegExp, before: string | RegExp, after: string) =>
  line(pattern, (each) => [each.replace(before, after)]);
const without = (pattern: RegExp) => line(pattern, () => []);
const record = (sequence: number) => new RegExp(`^\\{.*"sequence":${sequence},`);

/** Signs the pack anew with a key of the courier, after a change. */
async function resigned(text: string): Promise<string> {
  const signature = JSON.parse((text.split('\n').at(-2) ?? '').slice('#signature '.length)) as string;
  const { signerKey } = await generateKey(origin);
  const statement = safeParseNote(signature)?.text ?? '';
  const note = await signNote(statement, [await importSigner(signerKey)]);
  return text.replace(/#signature .*\n$/, `#signature ${JSON.stringify(note)}\n`);
}

/** A pack of a stretch of the log is changed: every kind of line. */
export const rangeTamperings: readonly FileTampering[] = [
  {
    name: 'edits the maker in the manifest',
    does: replaced(/^#manifest/, /"created_by":"[^"]*"/, '"created_by":"eve"'),
    found: 'digest_mismatch',
  },
  {
    name: 'edits the time in the manifest',
    does: replaced(/^#manifest/, /"created_at":"2/, '"created_at":"1'),
    found: 'digest_mismatch',
  },
  {
    name: 'edits the range in the manifest',
    does: replaced(/^#manifest/, '"end":60', '"end":59'),
    found: 'outside_population at 59',
  },
  {
    name: 'calls the range a filter',
    does: replaced(/^#manifest/, '"kind":"range"', '"kind":"filter","filter":{}'),
    found: 'digest_mismatch',
  },
  {
    name: 'edits the log in the manifest',
    does: replaced(/^#manifest/, '"log_id":"default"', '"log_id":"other"'),
    found: 'wrong_log at 0',
  },
  {
    name: 'edits the name of the log in the manifest',
    does: replaced(/^#manifest/, '"origin":"audit', '"origin":"other'),
    found: 'wrong_origin',
  },
  {
    name: 'calls disclosed values withheld',
    does: replaced(/^#manifest/, '"included"', '"withheld"'),
    found: 'malformed_line at 8',
  },
  { name: 'removes the manifest', does: without(/^#manifest/), found: 'unknown_format' },
  { name: 'removes the keys', does: without(/^#key/), found: 'digest_mismatch' },
  {
    name: 'edits the period of a key',
    does: replaced(/^#key.*"until"/, /"until":\d+/, '"until":9'),
    found: 'digest_mismatch',
  },
  { name: 'removes the checkpoint', does: without(/^#checkpoint/), found: 'malformed_line' },
  {
    name: 'edits the size in the checkpoint',
    does: replaced(/^#checkpoint/, /\\n(\d+)\\n/, '\\n900\\n'),
    found: 'malformed_proof',
  },
  {
    name: 'puts the checkpoint of the export in',
    does: (text, files) =>
      text.replace(/^#checkpoint .*$/m, () => `#checkpoint ${JSON.stringify(files.checkpoint)}`),
    found: 'root_mismatch',
  },
  { name: 'edits the hashes', does: replaced(/^#hashes/, /"..../, '"AAAA'), found: 'record_changed at 0' },
  { name: 'removes the hashes', does: without(/^#hashes/), found: 'malformed_line at 0' },
  { name: 'edits a proof', does: replaced(/^#proof/, /\["......../, '["00000000'), found: 'root_mismatch' },
  { name: 'removes a proof', does: without(/^#proof/), found: 'malformed_proof' },
  { name: 'edits a record', does: replaced(record(10), 'success', 'failure'), found: 'record_changed at 10' },
  { name: 'removes a record', does: without(record(10)), found: 'sequence_gap at 10' },
  {
    name: 'repeats a record',
    does: line(record(10), (each) => [each, each]),
    found: 'sequence_repeated at 11',
  },
  {
    name: 'edits a purged record',
    does: replaced(/^#purged.*"sequence":13,/, '"by_sequence":43', '"by_sequence":44'),
    found: 'purge_unfounded at 13',
  },
  { name: 'removes a purged record', does: without(/^#purged.*"sequence":13,/), found: 'sequence_gap at 13' },
  {
    name: 'declares a record purged',
    does: line(record(10), (each) => [purgedLine(10, leafHash(each), 43)]),
    found: 'purge_unfounded at 10',
  },
  {
    name: 'edits a disclosed value',
    does: replaced(/^#disclosure/, /"disclosure":"W/, '"disclosure":"X'),
    found: 'disclosure_mismatch at 7',
  },
  { name: 'removes the disclosed values', does: without(/^#disclosure/), found: 'count_mismatch' },
  {
    name: 'moves a disclosed value to the next record',
    does: lines((all) => {
      const at = all.findIndex((each) => each.startsWith('#disclosure'));
      return all.toSpliced(at, 2, all[at + 1] ?? '', all[at] ?? '');
    }),
    found: 'malformed_line at 9',
  },
  { name: 'edits the count', does: replaced(/^#count/, /"purged":8/, '"purged":7'), found: 'count_mismatch' },
  { name: 'removes the count', does: without(/^#count/), found: 'malformed_line at 60' },
  { name: 'removes the signature', does: without(/^#signature/), found: 'pack_truncated at 60' },
  {
    name: 'puts the signature of another pack in',
    does: (text, files) =>
      text.replace(/#signature .*\n$/, () => `${files['sample pack'].split('\n').at(-2)}\n`),
    found: 'digest_mismatch',
  },
  { name: 'signs it with a key of his own', does: resigned, found: 'no_known_signature' },
  { name: 'cuts the end', does: (text) => text.slice(0, -100), found: 'pack_truncated at 60' },
  { name: 'cuts the last newline', does: (text) => text.slice(0, -1), found: 'pack_truncated at 60' },
  { name: 'adds a line', does: (text) => `${text}#note "checked"\n`, found: 'content_after_end' },
  { name: 'adds another pack', does: (text) => text + text, found: 'content_after_end' },
  {
    name: 'ends the lines as Windows does',
    does: (text) => text.replaceAll('\n', '\r\n'),
    found: 'malformed_line at 0',
  },
  { name: 'gives an export for a pack', does: (_text, files) => files.export, found: 'unknown_format' },
];

/** A pack of a correlation is changed. */
export const correlationTamperings: readonly FileTampering[] = [
  {
    name: 'calls it another correlation',
    does: replaced(/^#manifest/, '"correlation_id":"rr-b"', '"correlation_id":"rr-a"'),
    found: 'outside_population at 1',
  },
  {
    name: 'closes it earlier',
    does: replaced(/^#manifest/, /"closed_by":\d+/, '"closed_by":319'),
    found: 'outside_population at 323',
  },
  {
    name: 'leaves open what closes it',
    does: replaced(/^#manifest/, /,"closed_by":\d+/, ''),
    found: 'digest_mismatch',
  },
  { name: 'removes a record', does: without(record(41)), found: 'record_changed at 42' },
  {
    name: 'removes the record that closes it',
    does: lines((all) => {
      const at = all.findLastIndex((each) => each.startsWith('{'));
      return all.toSpliced(at, 1);
    }),
    found: 'records_missing at 320',
  },
];

/** A pack of a sample is changed. */
export const sampleTamperings: readonly FileTampering[] = [
  {
    name: 'edits the seed',
    does: replaced(/^#manifest/, '"seed":"corpus"', '"seed":"other"'),
    found: 'not_chosen at 16',
  },
  {
    name: 'edits the size of the sample',
    does: replaced(/^#manifest/, '"size":16', '"size":15'),
    found: 'not_chosen at 307',
  },
  {
    name: 'removes a record',
    does: lines((all) =>
      all.toSpliced(
        all.findIndex((each) => each.startsWith('{')),
        1,
      ),
    ),
    found: 'malformed_line',
  },
];

/** Every tampering with files, by the file it changes. */
export const fileTamperings: Readonly<Record<CourierFile, readonly FileTampering[]>> = {
  export: exportTamperings,
  checkpoint: checkpointTamperings,
  inclusion: inclusionTamperings,
  consistency: consistencyTamperings,
  tile: tileTamperings,
  'range pack': rangeTamperings,
  'correlation pack': correlationTamperings,
  'sample pack': sampleTamperings,
};
