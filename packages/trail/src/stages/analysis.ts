import type { Fact, Stage } from '../explanation.ts';
import { membersOf, shortTextOf, textOf } from '../seen.ts';
import { sortedJson } from '../sorted-json.ts';
import type { Trail } from '../trail.ts';
import { absentStage, factNamed, factsOf, placesOf, stepsOf, withoutRepeats } from './stage-facts.ts';

/** What the model was asked, what it looked at, what it answered, and how sure it was. */
export function readAnalysis(trail: Trail): Stage {
  const title = 'AI analysis';
  const steps = stepsOf(trail, ...analysisTypes);
  if (steps.length === 0) {
    return absentStage(
      'analysis',
      title,
      'no event of an analysis: no model was asked, as far as is on record',
    );
  }
  const facts = analysisFacts(trail);
  const failed = stepsOf(trail, 'aianalysis.analysis.failed', 'aianalysis.error.occurred');
  const ended = stepsOf(trail, 'aianalysis.analysis.completed', 'aianalysis.analysis.failed');
  const answer = factNamed(facts, 'root_cause') ?? factNamed(facts, 'answer');
  const confidence = factNamed(facts, 'confidence');
  const sure = confidence === undefined ? '' : ` (confidence ${confidence})`;
  const error = failed[0]?.error?.message;
  return {
    name: 'analysis',
    title,
    state: failed.length > 0 ? 'failed' : ended.length > 0 || answer !== undefined ? 'done' : 'open',
    summary:
      error !== undefined
        ? `the analysis failed: ${error}`
        : answer !== undefined
          ? `${answer}${sure}`
          : 'the model was asked and no answer is on record',
    facts,
    steps: placesOf(steps, facts),
  };
}

const analysisTypes = [
  'llm_request',
  'llm_response',
  'llm_tool_call',
  'workflow_validation_attempt',
  'holmesgpt.response.complete',
  'aianalysis.holmesgpt.call',
  'aianalysis.analysis.completed',
  'aianalysis.analysis.failed',
  'aianalysis.error.occurred',
] as const;

function analysisFacts(trail: Trail): readonly Fact[] {
  return withoutEchoes([
    ...factsOf(trail, 'llm_request', (payload) => [
      ['model', 'model', payload.model],
      ['prompt', 'prompt', payload.prompt_preview],
      ['toolsets', 'tool sets', payload.toolsets_enabled],
    ]),
    ...factsOf(trail, 'llm_tool_call', (payload) => [
      ['tool_call', `tool ${textOf(payload.tool_name) ?? '(unnamed)'}`, toolCallText(payload)],
    ]),
    ...factsOf(trail, 'llm_response', (payload) => [
      ['answer', 'answer', payload.analysis_preview],
      ['tokens', 'tokens used', payload.tokens_used],
    ]),
    ...factsOf(trail, 'holmesgpt.response.complete', (payload) => responseFacts(payload.response_data)),
    ...factsOf(trail, 'workflow_validation_attempt', (payload, { error }) => [
      [
        'validation',
        `check ${shortTextOf(payload.attempt)} of the workflow`,
        validationText(payload, error?.message),
      ],
    ]),
    ...factsOf(trail, 'aianalysis.analysis.completed', (payload) => [
      ['confidence', 'confidence', payload.confidence],
      ['workflow_id', 'workflow', payload.workflow_id],
      ['degraded', 'degraded', payload.degraded_mode === true ? 'yes: not every input was there' : undefined],
    ]),
    ...factsOf(trail, 'aianalysis.holmesgpt.call', (_, { error }) => [['error', 'error', error?.message]]),
    ...factsOf(trail, 'aianalysis.error.occurred', (_, { error }) => [['error', 'error', error?.message]]),
    ...factsOf(trail, 'aianalysis.analysis.failed', (_, { error }) => [['error', 'error', error?.message]]),
  ]);
}

// Services pass the answer of the model on as root cause, word for word.
function withoutEchoes(facts: readonly Fact[]): readonly Fact[] {
  const answers = new Set(facts.filter(({ name }) => name === 'answer').map(({ text }) => text));
  return withoutRepeats(facts.filter(({ name, text }) => name !== 'root_cause' || !answers.has(text)));
}

function toolCallText(payload: {
  readonly tool_arguments?: unknown;
  readonly tool_result?: unknown;
  readonly tool_result_preview?: unknown;
}): string {
  const given = payload.tool_arguments === undefined ? '' : sortedJson(payload.tool_arguments);
  const result = textOf(payload.tool_result_preview) ?? sortedJson(payload.tool_result);
  return `${given} → ${result}`.trim();
}

function validationText(payload: { readonly is_valid?: unknown }, error: string | undefined): string {
  if (payload.is_valid === true) return 'valid';
  return error === undefined ? 'not valid' : `not valid: ${error}`;
}

interface ResponseMembers {
  readonly root_cause_analysis: {
    readonly summary: string;
    readonly contributing_factors: readonly string[];
  };
  readonly confidence: number;
  readonly selected_workflow: { readonly workflow_id: string; readonly rationale: string };
  readonly warnings: readonly string[];
  readonly needs_human_review: boolean;
  readonly human_review_reason: string;
  readonly alternative_workflows: readonly object[];
}

function responseFacts(response: unknown) {
  const members = membersOf<ResponseMembers>(response);
  const cause = membersOf<ResponseMembers['root_cause_analysis']>(members.root_cause_analysis);
  const workflow = membersOf<ResponseMembers['selected_workflow']>(members.selected_workflow);
  return [
    ['root_cause', 'root cause', cause.summary],
    ['factors', 'contributing factors', cause.contributing_factors],
    ['confidence', 'confidence', members.confidence],
    ['workflow_id', 'workflow', workflow.workflow_id],
    ['rationale', 'why this workflow', workflow.rationale],
    ['alternatives', 'alternatives', members.alternative_workflows],
    ['warnings', 'warnings', members.warnings],
    [
      'human_review',
      'needs a person',
      members.needs_human_review === true ? (members.human_review_reason ?? 'yes') : undefined,
    ],
  ] as const;
}
