import type { ToolCall } from '../incident.ts';
import type { Step } from '../managers.ts';
import type { RemediationFacts } from '../scenario.ts';

/** The request that the analysis controller sends to the language model's service. */
export function incidentRequest(facts: RemediationFacts) {
  return {
    incident_id: `inc-${facts.uid('Investigation').slice(-12)}`,
    remediation_id: facts.remediationName,
    signal_type: facts.incident.alert,
    severity: facts.incident.severity,
    error_message: facts.incident.summary,
  };
}

/** The language model is asked, calls its tools and answers. */
export function conversation(facts: RemediationFacts, atSeconds: number): readonly Step[] {
  const { seconds, toolCalls } = facts.incident.investigation;
  const answeredAt = atSeconds + seconds - 2;
  return [
    asked(facts, atSeconds),
    answered(facts, { atSeconds: answeredAt, toolCallCount: toolCalls.length }),
    ...toolCalls.map((call, index) => toolCalled(facts, { atSeconds: answeredAt, index, call })),
  ];
}

/** The language model is told that its proposal does not do, and answers again. */
export function secondThoughts(facts: RemediationFacts, atSeconds: number): readonly Step[] {
  return [asked(facts, atSeconds), answered(facts, { atSeconds: atSeconds + 4, toolCallCount: 0 })];
}

/** The language model is asked; whether it answers is told elsewhere. */
export function asked(facts: RemediationFacts, atSeconds: number): Step {
  return {
    atSeconds,
    service: 'holmesgpt',
    method: 'llmRequest',
    input: {
      request: incidentRequest(facts),
      eventId: facts.uid(`llm_request ${atSeconds}`),
      model: 'example-model-large',
      prompt: promptOf(facts),
      toolsetsEnabled: ['kubernetes/core', 'kubernetes/logs', 'prometheus/metrics', 'workflow/catalog'],
      mcpServers: ['workflow-catalog'],
      maxTokens: 4096,
    },
  };
}

interface Answer {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  readonly toolCallCount: number;
}

function answered(facts: RemediationFacts, { atSeconds, toolCallCount }: Answer): Step {
  const { rootCause } = facts.incident.investigation;
  return {
    atSeconds,
    service: 'holmesgpt',
    method: 'llmResponse',
    input: {
      request: incidentRequest(facts),
      eventId: facts.uid(`llm_response ${atSeconds}`),
      analysis: rootCause,
      toolCallCount,
      tokensUsed: 900 + 2_150 * toolCallCount + rootCause.length,
    },
  };
}

interface NumberedCall {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  /** Place in the answer, from 0. */
  readonly index: number;
  readonly call: ToolCall;
}

function toolCalled(facts: RemediationFacts, { atSeconds, index, call }: NumberedCall): Step {
  return {
    atSeconds,
    service: 'holmesgpt',
    method: 'llmToolCall',
    input: {
      request: incidentRequest(facts),
      eventId: facts.uid(`llm_tool_call ${index}`),
      toolCallIndex: index,
      toolName: call.tool,
      toolArguments: call.arguments,
      toolResult: call.result,
    },
  };
}

function promptOf({ incident, workload, fingerprint }: RemediationFacts): string {
  return [
    'You investigate an incident in a Kubernetes cluster.',
    `Signal: ${incident.alert}. Severity: ${incident.severity}. Fingerprint: ${fingerprint}.`,
    `Resource: Deployment ${workload.deployment} in namespace ${workload.namespace}. Environment: production.`,
    `Reported: ${incident.summary}.`,
    'Find the root cause with the tools at hand. Look at the workload, its events and logs, and at what changed.',
    'Then search the workflow catalogue and choose at most one workflow that removes the cause.',
    'Answer with the root cause, what contributed to it, the workflow with its parameters, and your confidence.',
    'Name what you are not sure of. Choose no workflow rather than one that does not fit.',
  ].join('\n');
}
