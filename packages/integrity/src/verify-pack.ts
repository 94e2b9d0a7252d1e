import { verifyEd25519 } from '#ed25519';
import { type CheckpointReport, type CheckpointSigner, type Trust, verifyCheckpoint } from './checkpoint.ts';
import { LineSplitter, type LinesEnd } from './line-splitter.ts';
import { parseLogKeys } from './log-keys.ts';
import { safeParsePackStatement } from './pack-digest.ts';
import type { PackManifest } from './pack-format.ts';
import { PackReader } from './pack-reader.ts';
import { statedTrust } from './pack-trust.ts';
import { type Check, type Failure, failureAt, type Report } from './report.ts';
import { noteBytes, safeParseNote } from './signed-note.ts';
import type { Pieces } from './verify-export.ts';

/** Settings of {@link verifyPack}. */
export interface VerifyPackOptions {
  /**
   * Whom to believe. Left out, the keys that the pack names are used: then the pack agrees with itself at most, and the
   * verdict is `cannot_check`.
   */
  readonly trust?: Trust;
  /** Correlations whose chains are followed in a range, about 110 bytes each; default 1,000,000. */
  readonly correlationsMax?: number;
  /** Longest line, in bytes; default 4 MiB. */
  readonly lineBytesMax?: number;
}

/** What {@link verifyPack} found. */
export interface PackReport extends Report {
  readonly manifest?: PackManifest | undefined;
  readonly records: number;
  readonly purged: number;
  readonly disclosures: number;
  /** Sequences of the records that tell of the purges. */
  readonly purgedBy: readonly number[];
  readonly checkpoint?: CheckpointReport | undefined;
  /** Key that signed the pack. */
  readonly signedBy?: CheckpointSigner | undefined;
}

const correlationsDefault = 1_000_000;
const lineBytesDefault = 4_194_304;

/** Verifies an evidence pack, offline and in constant memory, and says what it proves and what it only states. */
export async function verifyPack(pieces: Pieces, options: VerifyPackOptions = {}): Promise<PackReport> {
  const reader = new PackReader(options.correlationsMax ?? correlationsDefault);
  const read = await readLines(pieces, reader, options.lineBytesMax ?? lineBytesDefault);
  const given = options.trust?.keys.length ? options.trust : undefined;
  const trust = given ?? statedTrust(reader.keys);
  const note = reader.checkpoint;
  const checkpoint = note === undefined ? undefined : await verifyCheckpoint(note, trust);
  const signature = read === undefined ? await verifySignature(reader, trust) : undefined;
  const failure = read ?? checkpoint?.failure ?? signature?.failure;
  const verified = given === undefined ? undefined : checkpoint?.verdict;
  const { records, purged, disclosures, purges, manifest } = reader;
  return {
    verdict: failure === undefined ? (verified ?? 'cannot_check') : 'broken',
    checks: [
      ...(checkpoint?.checks ?? []),
      ...(failure === undefined ? checksOf(reader, given !== undefined) : failedChecks(failure)),
    ],
    records,
    purged,
    disclosures,
    purgedBy: [...purges],
    manifest,
    checkpoint,
    signedBy: signature?.signedBy,
    failure,
  };
}

async function readLines(
  pieces: Pieces,
  reader: PackReader,
  lineBytesMax: number,
): Promise<Failure | undefined> {
  const lines = new LineSplitter((lines) => reader.receive(lines), lineBytesMax);
  const encoder = new TextEncoder();
  let end: LinesEnd | undefined;
  for await (const piece of pieces) {
    end = lines.push(typeof piece === 'string' ? encoder.encode(piece) : piece);
    if (end !== undefined) break;
  }
  end ??= lines.end();
  const at = { line: reader.line + 1, sequence: reader.isComplete ? undefined : reader.next };
  if (reader.failure !== undefined) return reader.failure;
  if (end === 'line_too_long') return failureAt('line_too_long', 'the line is too long for a pack', at);
  if (reader.isComplete && end === 'complete') return undefined;
  if (reader.isComplete) return failureAt('content_after_end', 'something follows the signature', at);
  if (reader.manifest === undefined) return failureAt('unknown_format', 'this is not a pack', { line: 1 });
  return failureAt('pack_truncated', 'the pack ends before its signature', at);
}

/** A trusted key of the log must have signed what was read (C2SP signed-note). Its periods are about checkpoints only. */
async function verifySignature(
  reader: PackReader,
  trust: Trust,
): Promise<{ readonly signedBy?: CheckpointSigner; readonly failure?: Failure }> {
  const fail = (failure: Failure) => ({ failure: { ...failure, line: reader.line } });
  const note = safeParseNote(reader.signature ?? '');
  const statement = note === undefined ? undefined : safeParsePackStatement(note.text);
  if (note === undefined || statement === undefined) {
    return fail(failureAt('malformed_note', 'the last line is not a signature of a pack'));
  }
  const keys = parseLogKeys(trust.keys);
  for (const { verifier } of keys) {
    const { name, id, publicKey } = verifier;
    const signature = note.signatures.find((line) => line.name === name && line.id === id);
    if (signature === undefined) continue;
    if (!(await verifyEd25519(publicKey, signature.bytes, noteBytes(note.text)))) {
      return fail(failureAt('signature_invalid', `the signature of ${name}+${id} does not verify`));
    }
    const isSame =
      statement.digest === reader.digest.digest() &&
      statement.lines === reader.digest.lines &&
      statement.origin === reader.manifest?.origin;
    if (isSame) return { signedBy: { name, id } };
    return fail(failureAt('digest_mismatch', 'the signature is of other lines than those before it'));
  }
  if (keys.length === 0) return {};
  return fail(failureAt('no_known_signature', 'no trusted key signed the pack'));
}

function checksOf(reader: PackReader, isTrusted: boolean): readonly Check[] {
  const { records, purged, unlinked, disclosures, purges, manifest } = reader;
  const byWhom =
    purged === 0 ? '' : `; ${purged} were purged under policy, see record ${[...purges].join(', ')}`;
  return [
    {
      statement: 'the keys are known from elsewhere than the pack',
      outcome: isTrusted ? 'holds' : 'not_checked',
    },
    { statement: `the log holds these ${records + purged} records, unchanged${byWhom}`, outcome: 'holds' },
    ...(reader.rule?.statements() ?? []),
    {
      statement: `every record names the one before it in its correlation (of ${unlinked} that one is not here)`,
      outcome: unlinked === records && records > 0 ? 'not_checked' : 'holds',
    },
    { statement: `the records vouch for the ${disclosures} disclosed values`, outcome: 'holds' },
    { statement: `the pack is as ${manifest?.created_by} signed it`, outcome: 'holds' },
  ];
}

function failedChecks(failure: Failure): readonly Check[] {
  return [{ statement: `the pack is evidence: ${failure.message}`, outcome: 'fails' }];
}
