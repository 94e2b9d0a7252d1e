export type {
  LegalHoldPlacedInput,
  LegalHoldReleasedInput,
  PersonalDataErasedInput,
  Principal,
  RetentionPurgedInput,
} from './server-builders.ts';
export {
  legalHoldPlaced,
  legalHoldReleased,
  personalDataErased,
  retentionPurged,
} from './server-builders.ts';
