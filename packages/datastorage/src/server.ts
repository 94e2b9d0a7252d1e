export type {
  LegalHoldPlacedInput,
  LegalHoldReleasedInput,
  PersonalDataErasedInput,
  Principal,
  PurgedRecords,
  RetentionPurgedInput,
  SigningKeyRotatedInput,
} from './server-builders.ts';
export {
  legalHoldPlaced,
  legalHoldReleased,
  personalDataErased,
  retentionPurged,
  signingKeyRotated,
} from './server-builders.ts';
