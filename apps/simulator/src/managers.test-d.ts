import type { Step } from './managers.ts';

const workflowId = '9b2f6f0e-6a53-4a7e-9a0c-3d1c5b8a7e21';

({
  atSeconds: 4,
  service: 'datastorage',
  method: 'workflowUpdated',
  input: { workflowId, changes: { status: 'active' } },
}) satisfies Step;

({
  atSeconds: 4,
  service: 'gateway',
  method: 'workflowUpdated',
  input: { workflowId, changes: { status: 'active' } },
  // @ts-expect-error -- a method of another service
}) satisfies Step;

({
  atSeconds: 4,
  service: 'datastorage',
  method: 'workflowCreated',
  // @ts-expect-error -- the input of another method
  input: { workflowId, changes: { status: 'active' } },
}) satisfies Step;
