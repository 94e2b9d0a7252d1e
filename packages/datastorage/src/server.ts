export type {
  ChainVerifiedInput,
  LegalHoldPlacedInput,
  LegalHoldReleasedInput,
  PersonalDataDisclosedInput,
  PersonalDataErasedInput,
  Principal,
  PurgedRecords,
  RecordsExportedInput,
  RetentionPurgedInput,
  SigningKeyRotatedInput,
} from './server-builders.ts';
export {
  chainVerified,
  legalHoldPlaced,
  legalHoldReleased,
  personalDataDisclosed,
  personalDataErased,
  recordsExported,
  retentionPurged,
  signingKeyRotated,
} from './server-builders.ts';
