import type { WorkflowUse } from '../incident.ts';
import type { Step } from '../managers.ts';
import { workflowImage } from '../objects/workflow-execution.ts';
import type { RemediationFacts } from '../scenario.ts';
import { catalogueSearched } from './catalogue.ts';
import { incidentRequest, secondThoughts } from './language-model.ts';

/** The language model proposes a workflow of the catalogue, which passes the check, and answers. */
export function proposalAccepted(facts: RemediationFacts, atSeconds: number): readonly Step[] {
  const { workflow } = facts.incident;
  return [
    catalogueSearched(facts, { atSeconds, found: [workflow] }),
    proposalChecked(facts, { atSeconds, attempt: 1, errors: [] }),
    answered(facts, {
      atSeconds,
      proposal: {
        selected_workflow: toSelectedWorkflow(workflow),
        confidence: workflow.confidence,
        needs_human_review: false,
        target_in_owner_chain: true,
        warnings: [],
      },
    }),
  ];
}

/** What is said when no workflow fits. */
export const noWorkflowWarning = 'No workflow of the catalogue removes the cause.';

/** Seconds that {@link proposalsRefused} takes. */
export const refusalsSeconds = 10;

/** The language model proposes a workflow that the catalogue does not have, three times, and asks for a person. */
export function proposalsRefused(facts: RemediationFacts, start: number): readonly Step[] {
  const errors = [`workflow ${facts.incident.workflow.workflowId} is not in the catalogue`];
  const end = start + refusalsSeconds;
  return [
    catalogueSearched(facts, { atSeconds: start, found: [] }),
    proposalChecked(facts, { atSeconds: start, attempt: 1, errors }),
    ...secondThoughts(facts, start + 1),
    proposalChecked(facts, { atSeconds: start + 5, attempt: 2, errors }),
    ...secondThoughts(facts, start + 6),
    proposalChecked(facts, { atSeconds: end, attempt: attemptsMax, errors }),
    answered(facts, {
      atSeconds: end,
      proposal: {
        selected_workflow: null,
        confidence: 0,
        needs_human_review: true,
        human_review_reason: humanReviewReason,
        warnings: [noWorkflowWarning],
      },
    }),
  ];
}

const attemptsMax = 3;
const humanReviewReason = 'workflow_not_found';

interface Check {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly attempt: number;
  readonly errors: readonly string[];
}

function proposalChecked(facts: RemediationFacts, { atSeconds, attempt, errors }: Check): Step {
  const isValid = errors.length === 0;
  return {
    atSeconds,
    service: 'holmesgpt',
    method: 'workflowValidationAttempt',
    input: {
      request: incidentRequest(facts),
      eventId: facts.uid(`workflow_validation_attempt ${attempt}`),
      attempt,
      maxAttempts: attemptsMax,
      recordedAttempts: attempt - 1,
      isValid,
      errors,
      workflowId: facts.incident.workflow.workflowId,
      ...(!isValid && attempt === attemptsMax && { humanReviewReason }),
    },
  };
}

type IncidentResponse = Extract<Step, { method: 'responseComplete' }>['input']['response'];

interface Answer {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly proposal: Omit<
    IncidentResponse,
    'incident_id' | 'analysis' | 'root_cause_analysis' | 'timestamp' | 'alternative_workflows'
  >;
}

function answered(facts: RemediationFacts, { atSeconds, proposal }: Answer): Step {
  const { investigation, severity } = facts.incident;
  const request = incidentRequest(facts);
  const response = {
    incident_id: request.incident_id,
    analysis: investigation.rootCause,
    root_cause_analysis: {
      summary: investigation.rootCause,
      severity,
      contributing_factors: investigation.contributingFactors,
    },
    timestamp: facts.time(atSeconds),
    alternative_workflows: [],
    ...proposal,
  };
  return {
    atSeconds,
    service: 'holmesgpt',
    method: 'responseComplete',
    input: { request, eventId: facts.uid('holmesgpt.response.complete'), response },
  };
}

function toSelectedWorkflow(workflow: WorkflowUse) {
  return {
    workflow_id: workflow.workflowId,
    container_image: workflowImage(workflow),
    confidence: workflow.confidence,
    parameters: workflow.parameters,
    version: workflow.version,
    rationale: workflow.rationale,
  };
}
