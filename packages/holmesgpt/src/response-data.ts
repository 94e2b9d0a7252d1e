import { onlyKnown, type PayloadOf, utcTime } from '@audit/schema';
import {
  fitItems,
  fitMap,
  fitText,
  fitTexts,
  jsonText,
  mainBytesMax,
  nameBytesMax,
  partBytesMax,
} from './fit.ts';
import type {
  AlternativeWorkflow,
  IncidentResponse,
  JsonValue,
  ModelRootCause,
  ModelWorkflow,
} from './incident.ts';

/** The answer of the incident endpoint as the contract has it. */
export type ResponseData = PayloadOf<'holmesgpt.response.complete'>['response_data'];

type HumanReviewReason = NonNullable<ResponseData['human_review_reason']>;

// Go's zero time. The contract demands a time, and a builder has no clock.
const unknownTime = '0001-01-01T00:00:00Z';

/** Copies the members of an answer that the contract lists, in the form that it demands. */
export function responseData(response: IncidentResponse): ResponseData {
  const { selected_workflow: workflow, alternative_workflows: alternatives } = response;
  const reason = reviewReasons.find((known) => known === response.human_review_reason);
  const warnings = warningsOf(response, reason);
  return {
    incident_id: fitText(response.incident_id, nameBytesMax),
    analysis: fitText(response.analysis, mainBytesMax),
    root_cause_analysis: rootCause(response.root_cause_analysis),
    confidence: toConfidence(response.confidence) ?? 0,
    timestamp: utcTime(response.timestamp) ?? utcTime(`${response.timestamp}Z`) ?? unknownTime,
    ...onlyKnown({
      selected_workflow: workflow && selectedWorkflow(workflow),
      needs_human_review: response.needs_human_review,
      human_review_reason: reason,
      target_in_owner_chain: response.target_in_owner_chain,
      warnings: warnings && fitTexts(warnings),
      alternative_workflows: alternatives && fitItems(alternatives.map(alternativeWorkflow)),
    }),
  };
}

const reviewReasons: readonly HumanReviewReason[] = [
  'workflow_not_found',
  'image_mismatch',
  'parameter_validation_failed',
  'no_matching_workflows',
  'low_confidence',
  'llm_parsing_error',
  'investigation_inconclusive',
  'rca_incomplete',
];

// A reason that the contract does not list leads the warnings, so that it is not lost.
function warningsOf(
  { warnings, human_review_reason: word }: IncidentResponse,
  knownReason: HumanReviewReason | undefined,
): readonly string[] | undefined {
  if (!word || knownReason !== undefined) return warnings;
  return [`human review reason: ${word}`, ...(warnings ?? [])];
}

function rootCause(cause: ModelRootCause): ResponseData['root_cause_analysis'] {
  const { contributing_factors: factors = [] } = cause;
  const list = Array.isArray(factors) ? factors : [factors];
  return {
    summary: toText(cause.summary, partBytesMax) ?? 'unknown',
    severity: toText(cause.severity, nameBytesMax) ?? 'unknown',
    contributing_factors: fitTexts(list.flatMap((factor) => toText(factor, partBytesMax) ?? [])),
  };
}

function selectedWorkflow(workflow: ModelWorkflow): NonNullable<ResponseData['selected_workflow']> {
  const { parameters = null } = workflow;
  return onlyKnown({
    workflow_id: toText(workflow.workflow_id, nameBytesMax),
    container_image: toText(workflow.container_image, nameBytesMax),
    confidence: toConfidence(workflow.confidence),
    // The parameters are the fourth level of the event's ten.
    parameters:
      parameters === null ? undefined : fitMap(parameters, { bytesMax: partBytesMax, levelsMax: 7 }),
    version: toText(workflow.version, nameBytesMax),
    rationale: toText(workflow.rationale, partBytesMax),
  });
}

function alternativeWorkflow(workflow: AlternativeWorkflow) {
  return onlyKnown({
    workflow_id: toText(workflow.workflow_id, nameBytesMax),
    container_image: toText(workflow.container_image, nameBytesMax),
    confidence: toConfidence(workflow.confidence),
    rationale: toText(workflow.rationale, nameBytesMax),
  });
}

function toText(value: JsonValue | undefined, bytesMax: number): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  return fitText(typeof value === 'string' ? value : jsonText(value), bytesMax);
}

function toConfidence(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'number' || Number.isNaN(value)) return undefined;
  return Math.min(Math.max(value, 0), 1);
}
