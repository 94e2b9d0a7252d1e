export { addChecks } from './more-checks.ts';
export { bundledEntryBytesMax, formatEntryBundle, parseEntryBundle } from './entry-bundle.ts';
export { chooseSample } from './sample.ts';
export { compactRangeOf, mergeRanges, rootOfRange } from './compact-range.ts';
export { cosignCheckpoint } from './cosignature.ts';
export { createTileNodeReader } from './tile-reader.ts';
export { disclosureDigest, verifyDisclosure } from './disclosure.ts';
export { emptyRoot, leafHash, nodeHash } from './hashing.ts';
export { exportReport, verifyExport } from './verify-export.ts';
export { formatCheckpointBody, safeParseCheckpointBody } from './checkpoint-body.ts';
export { formatNote, safeParseNote, signNote } from './signed-note.ts';
export {
  formatTile,
  hashesOfTile,
  newTiles,
  nodeOfTile,
  rootOfTile,
  tileOfNode,
  tilesOfSize,
  tileWidth,
} from './tiles.ts';
export { formatTilePath, safeParseTilePath } from './tile-path.ts';
export { generateKey, importSigner, isKeyName, parseVerifier } from './note-key.ts';
export { IntegrityError, isIntegrityError } from './integrity-error.ts';
export { keyTextsOf, verifyServedLog } from './verify-served-log.ts';
export { ListedRecords } from './listed-records.ts';
export { LogVerifier } from './log-verifier.ts';
export { MerkleFrontier } from './merkle-frontier.ts';
export { packFormat } from './pack-format.ts';
export { proveConsistency, verifyConsistency } from './consistency-proof.ts';
export { proveInclusion, verifyInclusion } from './inclusion-proof.ts';
export { proveMultiple, verifyMultiple } from './multiproof.ts';
export { safeParseKeyList } from './key-list.ts';
export { signCheckpoint, verifyCheckpoint } from './checkpoint.ts';
export { verifyGrowth } from './log-growth.ts';
export { verifyPack } from './verify-pack.ts';
export { writePack } from './write-pack.ts';

export type {
  BegunVerification,
  LogTarget,
  ServedLogReport,
  ServedLogSettings,
} from './verify-served-log.ts';
export type { Check, Failure, ReasonCode, Report, Verdict } from './report.ts';
export type { Checkpoint } from './checkpoint-body.ts';
export type { CheckpointReport, CheckpointSigner, CheckpointWitness, Trust } from './checkpoint.ts';
export type { CompactRange } from './compact-range.ts';
export type { ConsistencyClaim } from './consistency-proof.ts';
export type { Disclosure, DisclosureReport } from './disclosure.ts';
export type { EntryBundleName } from './tile-path.ts';
export type { ExportReport, Pieces, VerifyExportOptions } from './verify-export.ts';
export type { FrontierState } from './merkle-frontier.ts';
export type { Growth, GrowthSettings } from './log-growth.ts';
export type { InclusionClaim } from './inclusion-proof.ts';
export type { IntegrityErrorCode } from './integrity-error.ts';
export type { LeafRange, NodePosition } from './subtrees.ts';
export type { ListedRecord } from './listed-records.ts';
export type { LogKeyPeriod } from './log-keys.ts';
export type { LogVerifierOptions, RecordSelection } from './log-verifier-options.ts';
export type { LogVerifierState } from './log-verifier-state.ts';
export type { MultiproofClaim } from './multiproof.ts';
export type { LogSource } from './log-source.ts';
export type { MoreChecks } from './more-checks.ts';
export type { NodeReader } from './node-reader.ts';
export type { NoteKeyKind, NoteSigner, NoteVerifier } from './note-key.ts';
export type { NoteSignature, SignedNote } from './signed-note.ts';
export type { PackCount, PackKey, PackManifest } from './pack-format.ts';
export type { PackItem, WritePackOptions } from './write-pack.ts';
export type { PackReport, VerifyPackOptions } from './verify-pack.ts';
export type { Population } from './population.ts';
export type { PurgedRecord } from './purged-record.ts';
export type { RecordCounts } from './record-walk.ts';
export type { RelationsFound } from './record-relations.ts';
export type { SampleRequest } from './sample.ts';
export type { Tile } from './tiles.ts';
export type { TileReader } from './tile-reader.ts';
