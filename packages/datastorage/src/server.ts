export type {
  AccessPolicyChangedInput,
  AccessRefusedInput,
  CoalescedRequests,
  RecordsReadInput,
} from './access-builders.ts';
export { accessPolicyChanged, accessRefused, recordsRead } from './access-builders.ts';
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
