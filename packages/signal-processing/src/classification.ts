import { onlyKnown } from '@audit/schema';
import type { SignalProcessing } from './signal-processing.ts';
import {
  criticalities,
  environmentSources,
  environments,
  findWord,
  type Payload,
  priorities,
  prioritySources,
  severities,
} from './vocabulary.ts';

/**
 * Tells the severity to work with: the policy's, before there is one the signal's own. A word outside the contract
 * becomes `unknown`; the signal's is then kept beside it.
 */
export function severityMembers({ spec, status }: SignalProcessing): Partial<Payload> {
  const ownSeverity = spec.signal.severity;
  const severity = findWord(severities, status?.severity || ownSeverity) ?? 'unknown';
  const isOwnListed = findWord(severities, ownSeverity) !== undefined;
  return { severity, ...onlyKnown({ external_severity: isOwnListed ? undefined : ownSeverity }) };
}

/** Tells how the policy arrived at the severity. */
export function severityDecisionMembers({ spec, status }: SignalProcessing): Partial<Payload> {
  return {
    ...onlyKnown({
      external_severity: spec.signal.severity,
      policy_hash: toPolicyHash(status?.policyHash),
    }),
    ...(status?.severity && {
      normalized_severity: findWord(severities, status.severity) ?? 'unknown',
      determination_source: 'rego-policy',
    }),
  };
}

/** Tells environment, priority and what the business expects, as far as they were classified. */
export function classificationMembers({ status }: SignalProcessing): Partial<Payload> {
  const { environment, source: environmentSource } = status?.environmentClassification ?? {};
  const { priority, source: prioritySource } = status?.priorityAssignment ?? {};
  return onlyKnown({
    environment: environment ? (findWord(environments, environment) ?? 'unknown') : undefined,
    environment_source: findWord(environmentSources, environmentSource),
    priority: findWord(priorities, priority),
    priority_source: findWord(prioritySources, prioritySource),
    criticality: findWord(criticalities, status?.businessClassification?.criticality),
    sla_requirement: status?.businessClassification?.slaRequirement,
  });
}

function toPolicyHash(text: string | undefined): string | undefined {
  return text !== undefined && /^[a-f0-9]{64}$/i.test(text) ? text.toLowerCase() : undefined;
}
