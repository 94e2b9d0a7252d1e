import type { AuthenticatedUser } from '@audit/webhook';

/** Is on call for the workloads. */
export const onCall: AuthenticatedUser = {
  username: 'marta.keller@example.com',
  uid: 'e420eb81-d117-4e1d-86fa-9d50691b06a5',
  groups: ['system:authenticated', 'sre'],
};

/** Owns the workflows of the catalogue. */
export const platformEngineer: AuthenticatedUser = {
  username: 'priya.nair@example.com',
  uid: '4b6f7f0c-52c9-4b0e-8f1d-0a8c2e6d9b35',
  groups: ['system:authenticated', 'platform'],
};
