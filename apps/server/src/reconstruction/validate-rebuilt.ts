import type { ReconstructionValidation } from '@audit/schema';
import type { RebuiltRequest } from './rebuilt-request.ts';

// The nine members that make a RemediationRequest whole, in the words of its own kind.
const required = ['spec.signalName', 'spec.signalType'] as const;
const optional = [
  'spec.signalLabels',
  'spec.signalAnnotations',
  'spec.originalPayload',
  'status.timeoutConfig',
  'spec.providerData',
  'status.selectedWorkflowRef',
  'status.executionRef',
] as const;

/** Least completeness, in percent, of a manifest that is worth having. */
export const completenessMin = 50;

/** Says what a rebuilt RemediationRequest has and what it lacks. */
export function validateRebuilt(rebuilt: RebuiltRequest, purged: number): ReconstructionValidation {
  const isMissing = (name: string) => rebuilt.get(name.split('.')) === undefined;
  const missing = optional.filter(isMissing);
  const errors = required.filter(isMissing).map((name) => `${name} is missing, and required`);
  const all = required.length + optional.length;
  return {
    is_valid: errors.length === 0,
    completeness: Math.floor(((all - missing.length - errors.length) / all) * 100),
    errors,
    warnings: [
      ...missing.map((name) => `${name} is missing${rebuilt.erased.has(name) ? ': it was erased' : ''}`),
      ...(purged === 0 ? [] : [`records of the correlation that were purged: ${purged}`]),
    ],
  };
}
