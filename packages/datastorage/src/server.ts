export type {
  AccessPolicyChangedInput,
  AccessRefusedInput,
  CoalescedRequests,
  RecordsReadInput,
} from './access-builders.ts';
export { accessPolicyChanged, accessRefused, recordsRead } from './access-builders.ts';
export type {
  LegalHoldPlacedInput,
  LegalHoldReleasedInput,
  PersonalDataErasedInput,
  Principal,
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
