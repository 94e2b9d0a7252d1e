import {
  draftEvent,
  type EventDraft,
  type EventSkip,
  holmesgptEvents,
  onlyKnown,
  skipEvent,
} from '@audit/schema';
import {
  fitJson,
  fitMap,
  fitText,
  fitTexts,
  jsonText,
  mainBytesMax,
  nameBytesMax,
  partBytesMax,
} from './fit.ts';
import type { IncidentRequest, IncidentResponse, JsonObject, JsonValue } from './incident.ts';
import { charactersOf, previewOf } from './preview.ts';
import { responseData } from './response-data.ts';

type Draft<Name extends keyof typeof holmesgptEvents> = EventDraft<(typeof holmesgptEvents)[Name]>;

/** What every builder is told. */
export interface HolmesgptInput {
  /** The analysis request that is being answered. */
  readonly request: IncidentRequest;
  /** A fresh UUID, written into the payload: a builder is pure and makes none. It is not the id of the event. */
  readonly eventId: string;
}

/** Input of {@link responseComplete}. */
export interface ResponseCompleteInput extends HolmesgptInput {
  readonly response: IncidentResponse;
}

/** Builds `holmesgpt.response.complete`: the incident endpoint has its answer. */
export function responseComplete(input: ResponseCompleteInput): Draft<'responseComplete'> {
  return draftEvent(holmesgptEvents.responseComplete, {
    ...envelope(input),
    event_outcome: 'success',
    event_data: { ...names(input), response_data: responseData(input.response) },
  });
}

/** Input of {@link llmRequest}. */
export interface LlmRequestInput extends HolmesgptInput {
  /** Name of the model. */
  readonly model: string;
  /** The whole prompt; the event has its length and its start. */
  readonly prompt: string;
  readonly toolsetsEnabled: readonly string[];
  /** MCP servers that the model may reach; default none. */
  readonly mcpServers?: readonly string[];
  /** Most tokens that the model may produce; absent without a limit. */
  readonly maxTokens?: number;
}

/** Builds `llm_request`: a prompt is sent to the language model. */
export function llmRequest(input: LlmRequestInput): Draft<'llmRequest'> {
  const { model, prompt, toolsetsEnabled, mcpServers = [], maxTokens } = input;
  return draftEvent(holmesgptEvents.llmRequest, {
    ...envelope(input),
    event_outcome: 'success',
    event_data: {
      ...names(input),
      model: fitText(model, nameBytesMax),
      prompt_length: charactersOf(prompt),
      prompt_preview: previewOf(prompt),
      toolsets_enabled: fitTexts(toolsetsEnabled),
      mcp_servers: fitTexts(mcpServers),
      ...onlyKnown({ max_tokens: knownCount(maxTokens) }),
    },
  });
}

/** Input of {@link llmResponse}. */
export interface LlmResponseInput extends HolmesgptInput {
  /** The whole analysis; null, undefined or empty when the model gave none. The event has its length and its start. */
  readonly analysis: string | null | undefined;
  readonly toolCallCount: number;
  /** Tokens that the call used; absent when unknown. */
  readonly tokensUsed?: number;
}

/** Builds `llm_response`: the language model answered. */
export function llmResponse(input: LlmResponseInput): Draft<'llmResponse'> {
  const { toolCallCount, tokensUsed } = input;
  const analysis = input.analysis ?? '';
  return draftEvent(holmesgptEvents.llmResponse, {
    ...envelope(input),
    event_outcome: analysis === '' ? 'failure' : 'success',
    event_data: {
      ...names(input),
      has_analysis: analysis !== '',
      analysis_length: charactersOf(analysis),
      analysis_preview: previewOf(analysis),
      tool_call_count: knownCount(toolCallCount) ?? 0,
      ...onlyKnown({ tokens_used: knownCount(tokensUsed) }),
    },
  });
}

/** Input of {@link llmToolCall}. */
export interface LlmToolCallInput extends HolmesgptInput {
  /** Place of the call in the answer, from 0. */
  readonly toolCallIndex: number;
  readonly toolName: string;
  readonly toolArguments: JsonObject;
  /** What the tool returned; undefined is recorded as null. */
  readonly toolResult: JsonValue | undefined;
}

/** Builds `llm_tool_call`: the language model called a tool. */
export function llmToolCall(input: LlmToolCallInput): Draft<'llmToolCall'> {
  const { toolCallIndex, toolName, toolArguments, toolResult: result = null } = input;
  return draftEvent(holmesgptEvents.llmToolCall, {
    ...envelope(input),
    event_outcome: 'success',
    event_data: {
      ...names(input),
      tool_call_index: knownCount(toolCallIndex) ?? 0,
      tool_name: fitText(toolName, nameBytesMax),
      // Arguments and result are the second level of the event's ten.
      tool_arguments: fitMap(toolArguments, { bytesMax: partBytesMax, levelsMax: 9 }),
      tool_result: fitJson(result, { bytesMax: mainBytesMax, levelsMax: 9 }),
      tool_result_preview: previewOf(typeof result === 'string' ? result : jsonText(result)),
    },
  });
}

/** Input of {@link workflowValidationAttempt}. */
export interface WorkflowValidationAttemptInput extends HolmesgptInput {
  /** Number of the attempt, from 1. */
  readonly attempt: number;
  readonly maxAttempts: number;
  /** Attempts of this analysis that are recorded: an attempt is recorded once. */
  readonly recordedAttempts: number;
  readonly isValid: boolean;
  /** What is wrong with the proposal; empty when it is valid. */
  readonly errors: readonly string[];
  /** Catalogue id of the proposed workflow. */
  readonly workflowId?: string | null;
  /** Why a human must take over; goes with the last attempt. */
  readonly humanReviewReason?: string | null;
}

/** Builds `workflow_validation_attempt`: a proposed workflow was checked; skips an attempt that is recorded. */
export function workflowValidationAttempt(
  input: WorkflowValidationAttemptInput,
): Draft<'workflowValidationAttempt'> | EventSkip {
  const { isValid, recordedAttempts } = input;
  const attempt = knownCount(input.attempt) || 1;
  const maxAttempts = knownCount(input.maxAttempts) || 1;
  const isFinal = attempt >= maxAttempts;
  if (attempt <= recordedAttempts) return skipEvent(`attempt ${attempt} is recorded`);
  return draftEvent(holmesgptEvents.workflowValidationAttempt, {
    ...envelope(input),
    event_outcome: validationOutcome(isValid, isFinal),
    event_data: {
      ...names(input),
      attempt,
      max_attempts: maxAttempts,
      is_valid: isValid,
      is_final_attempt: isFinal,
      ...validationMembers(input),
    },
  });
}

function validationOutcome(isValid: boolean, isFinal: boolean) {
  if (isValid) return 'success';
  return isFinal ? 'failure' : 'pending';
}

function validationMembers({ errors, workflowId, humanReviewReason }: WorkflowValidationAttemptInput) {
  const workflow = fitText(workflowId ?? '', nameBytesMax);
  const kept = fitTexts(errors);
  return {
    errors: kept,
    ...onlyKnown({
      validation_errors: fitText(kept.join('; '), partBytesMax),
      workflow_id: workflow,
      workflow_name: workflow,
      human_review_reason: fitText(humanReviewReason ?? '', nameBytesMax),
    }),
  };
}

function knownCount(count: number | undefined): number | undefined {
  return count !== undefined && Number.isSafeInteger(count) && count >= 0 ? count : undefined;
}

function names({ request, eventId }: HolmesgptInput) {
  return {
    event_id: fitText(eventId, nameBytesMax),
    incident_id: fitText(request.incident_id, nameBytesMax),
  };
}

// The service acts on nothing but the remediation: it names the resource that the server fills in where none is named.
function envelope({ request }: HolmesgptInput) {
  const correlationId = request.remediation_id || 'unknown';
  return {
    actor_type: 'Service',
    actor_id: 'holmesgpt-api',
    resource_type: 'analysis',
    resource_id: correlationId,
    correlation_id: correlationId,
  };
}
