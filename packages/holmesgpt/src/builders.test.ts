import { isEventSkip, skipEvent } from '@audit/schema';
import { anyHostileText, expectStoredEvents } from '@audit/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as builders from './builders.ts';
import type { IncidentResponse, JsonObject, JsonValue } from './incident.ts';

// What the tests here build is also sent to the running service, which must store every event.
const expectEvent = expectStoredEvents();

const request = { incident_id: 'inc-20260114-0914', remediation_id: 'rr-3f9ab2c41d07-5e8c1a7b' };
const eventId = '44883916-94a8-4d32-b4c4-0e60434ef72d';
const base = { request, eventId };

const envelope = {
  version: '1.0',
  event_category: 'analysis',
  actor_type: 'Service',
  actor_id: 'holmesgpt-api',
  resource_type: 'analysis',
  resource_id: 'rr-3f9ab2c41d07-5e8c1a7b',
  correlation_id: 'rr-3f9ab2c41d07-5e8c1a7b',
};

const basePayload = { event_id: eventId, incident_id: 'inc-20260114-0914' };

const response = {
  incident_id: 'inc-20260114-0914',
  analysis: 'The container reaches its limit.',
  root_cause_analysis: {
    summary: 'Memory limit of 512Mi is too low.',
    severity: 'critical',
    contributing_factors: ['price list in memory', 'no alert'],
  },
  confidence: 0.87,
  timestamp: '2026-01-14T09:14:53Z',
} satisfies IncidentResponse;

const responseData = {
  incident_id: 'inc-20260114-0914',
  analysis: 'The container reaches its limit.',
  root_cause_analysis: {
    summary: 'Memory limit of 512Mi is too low.',
    severity: 'critical',
    contributing_factors: ['price list in memory', 'no alert'],
  },
  confidence: 0.87,
  timestamp: '2026-01-14T09:14:53Z',
};

const choice = {
  selected_workflow: {
    workflow_id: 'increase-memory',
    container_image: 'registry.example.com/workflows/increase-memory:1.2.0',
    confidence: 0.87,
    parameters: { MEMORY_LIMIT_NEW: '1Gi', REPLICAS: 3 },
    version: '1.2.0',
    rationale: 'A higher limit removes the cause.',
  },
  needs_human_review: true,
  human_review_reason: 'low_confidence',
  target_in_owner_chain: false,
  warnings: ['Memory usage was still rising.'],
  alternative_workflows: [
    {
      workflow_id: 'restart-deployment',
      container_image: 'registry.example.com/workflows/restart:1.0.0',
      confidence: 0.41,
      rationale: 'A restart frees memory for minutes only.',
    },
  ],
} as const;

describe('responseComplete', () => {
  it('records the whole answer', () => {
    expect(builders.responseComplete({ ...base, response: { ...response, ...choice } })).toStrictEqual({
      ...envelope,
      event_type: 'holmesgpt.response.complete',
      event_action: 'response_sent',
      event_outcome: 'success',
      event_data: {
        event_type: 'holmesgpt.response.complete',
        ...basePayload,
        response_data: { ...responseData, ...choice },
      },
    });
  });

  it('leaves out what is not known', () => {
    const nothing = {
      selected_workflow: null,
      human_review_reason: null,
      alternative_workflows: [{ workflow_id: 'w', container_image: null, confidence: 0, rationale: '' }],
    };
    expect(buildData({ ...response, ...nothing })).toStrictEqual({
      ...responseData,
      alternative_workflows: [{ workflow_id: 'w', confidence: 0 }],
    });
  });

  it('copies only members that the contract lists: v1.5 refuses the event for any other', () => {
    const further = {
      ...response,
      root_cause_analysis: { ...response.root_cause_analysis, affectedResource: { kind: 'Pod' } },
      selected_workflow: { ...choice.selected_workflow, execution_engine: 'tekton' },
      alternative_workflows: [{ ...choice.alternative_workflows[0], pros: 'fast' }],
      validation_attempts_history: [],
    };
    expect(buildData(further)).toStrictEqual({
      ...responseData,
      selected_workflow: choice.selected_workflow,
      alternative_workflows: choice.alternative_workflows,
    });
  });

  it.each([
    [-0.1, 0],
    [1.01, 1],
    [87, 1],
    [Number.NaN, 0],
    [Number.POSITIVE_INFINITY, 1],
  ])('records a confidence of %d as %d', (confidence, recorded) => {
    expect(buildData({ ...response, confidence }).confidence).toBe(recorded);
  });

  it('clamps a confidence of a workflow, and leaves out one that is no number', () => {
    const alternatives = [{ ...choice.alternative_workflows[0], confidence: Number.NaN }];
    const data = buildData({
      ...response,
      selected_workflow: { confidence: 41 },
      alternative_workflows: alternatives,
    });
    expect(data.selected_workflow).toStrictEqual({ confidence: 1 });
    expect(data.alternative_workflows?.[0]).not.toHaveProperty('confidence');
    expect(buildData({ ...response, selected_workflow: { confidence: 'high' } })).toStrictEqual({
      ...responseData,
      selected_workflow: {},
    });
  });

  it.each([
    ['2026-01-14T10:14:53+01:00', '2026-01-14T09:14:53Z'],
    ['2026-01-14T09:14:53.123456Z', '2026-01-14T09:14:53.123Z'],
    ['2026-01-14T09:14:53.5', '2026-01-14T09:14:53.500Z'],
    ['yesterday', '0001-01-01T00:00:00Z'],
    ['', '0001-01-01T00:00:00Z'],
  ])('writes the time %j as %j', (timestamp, recorded) => {
    expect(buildData({ ...response, timestamp }).timestamp).toBe(recorded);
  });

  it.each([
    'workflow_not_found',
    'image_mismatch',
    'parameter_validation_failed',
    'no_matching_workflows',
    'low_confidence',
    'llm_parsing_error',
    'investigation_inconclusive',
    'rca_incomplete',
  ])('knows the review reason %s', (reason) => {
    const data = buildData({ ...response, human_review_reason: reason });
    expect(data).toStrictEqual({ ...responseData, human_review_reason: reason });
  });

  it('keeps a review reason outside the contract as the first warning', () => {
    const data = buildData({ ...response, human_review_reason: 'alignment', warnings: ['slow'] });
    expect(data).toStrictEqual({
      ...responseData,
      warnings: ['human review reason: alignment', 'slow'],
    });
  });

  it.each<[IncidentResponse['root_cause_analysis'], object]>([
    [{}, { summary: 'unknown', severity: 'unknown', contributing_factors: [] }],
    [
      { summary: '', severity: null, contributing_factors: null },
      { summary: 'unknown', severity: 'unknown', contributing_factors: [] },
    ],
    [
      { summary: ['a', 1], severity: 2, contributing_factors: 'no alert' },
      { summary: '["a",1]', severity: '2', contributing_factors: ['no alert'] },
    ],
    [
      { contributing_factors: ['a', null, { b: 1 }, ''] },
      { summary: 'unknown', severity: 'unknown', contributing_factors: ['a', '{"b":1}'] },
    ],
  ])('records the root cause %j whatever the model wrote', (rootCause, recorded) => {
    const data = buildData({ ...response, root_cause_analysis: rootCause });
    expect(data.root_cause_analysis).toStrictEqual(recorded);
  });

  it.each<[JsonValue, JsonObject]>([
    [{}, {}],
    [{ a: [1, { b: null }] }, { a: [1, { b: null }] }],
    [['a', 'b'], { json: '["a","b"]' }],
    ['none', { json: '"none"' }],
    [nested(7), nested(7)],
    [nested(8), { json: JSON.stringify(nested(8)) }],
  ])('records the parameters %j whatever the model wrote', (parameters, recorded) => {
    const data = buildData({ ...response, selected_workflow: { parameters } });
    expect(data.selected_workflow).toStrictEqual({ parameters: recorded });
  });

  it('is not lost for its size: every text is cut to its share, and says so', () => {
    const huge = '\u0001"é'.repeat(200_000);
    const many = Array.from({ length: 20_000 }, () => 'a doubt');
    const alternative = { workflow_id: huge, container_image: huge, confidence: 1, rationale: huge };
    const data = buildData({
      ...response,
      incident_id: huge,
      analysis: huge,
      root_cause_analysis: { summary: huge, severity: huge, contributing_factors: [huge, huge] },
      selected_workflow: {
        workflow_id: huge,
        container_image: huge,
        version: huge,
        rationale: huge,
        parameters: { a: huge },
      },
      warnings: many,
      alternative_workflows: [alternative, alternative],
    });
    expect(data.analysis.startsWith('\u0001"é\u0001')).toBe(true);
    expect(data.analysis.at(-1)).toBe('…');
    expect(bytesOf(data.analysis)).toBeGreaterThan(98_000);
    expect(data.warnings?.at(-1)).toBe('…');
    expect(data.root_cause_analysis.contributing_factors).toHaveLength(2);
    expect(data.alternative_workflows).toHaveLength(1);
    expect(data.selected_workflow?.parameters).toStrictEqual({ json: expect.stringMatching(/…$/) });
  });

  it('keeps an answer whole that fits', () => {
    const analysis = 'x'.repeat(98_302);
    expect(buildData({ ...response, analysis }).analysis).toBe(analysis);
  });
});

describe('llmRequest', () => {
  const prompt = { ...base, model: 'example-model-large', prompt: 'Investigate.', toolsetsEnabled: ['core'] };

  it('records the prompt by its length and its start', () => {
    expect(builders.llmRequest({ ...prompt, mcpServers: ['catalog'], maxTokens: 4096 })).toStrictEqual({
      ...envelope,
      event_type: 'llm_request',
      event_action: 'llm_request_sent',
      event_outcome: 'success',
      event_data: {
        event_type: 'llm_request',
        ...basePayload,
        model: 'example-model-large',
        prompt_length: 12,
        prompt_preview: 'Investigate.',
        max_tokens: 4096,
        toolsets_enabled: ['core'],
        mcp_servers: ['catalog'],
      },
    });
  });

  it('has no MCP servers unless some are named', () => {
    expect(builders.llmRequest(prompt).event_data).toStrictEqual({
      event_type: 'llm_request',
      ...basePayload,
      model: 'example-model-large',
      prompt_length: 12,
      prompt_preview: 'Investigate.',
      toolsets_enabled: ['core'],
      mcp_servers: [],
    });
  });

  it.each([
    ['a'.repeat(500), 500, 'a'.repeat(500)],
    ['a'.repeat(501), 501, `${'a'.repeat(500)}...`],
    [`${'a'.repeat(499)}😀b`, 501, `${'a'.repeat(499)}😀...`],
    ['😀'.repeat(500), 500, '😀'.repeat(500)],
    ['\n'.repeat(600), 600, `${'\n'.repeat(500)}...`],
    ['', 0, ''],
  ])('cuts the preview after 500 characters, never inside one: %#', (text, length, preview) => {
    const { event_data } = expectEvent(builders.llmRequest({ ...prompt, prompt: text }));
    expect([event_data.prompt_length, event_data.prompt_preview]).toEqual([length, preview]);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('leaves out %d as most tokens', (maxTokens) => {
    expect(builders.llmRequest({ ...prompt, maxTokens }).event_data).not.toHaveProperty('max_tokens');
  });

  it('is not lost for its size', () => {
    const huge = '\u0001'.repeat(500_000);
    const { event_data } = expectEvent(
      builders.llmRequest({ ...prompt, model: huge, prompt: huge, toolsetsEnabled: [huge, huge] }),
    );
    expect(event_data.prompt_length).toBe(500_000);
    expect(event_data.toolsets_enabled).toEqual([expect.stringMatching(/…$/), '…']);
  });
});

describe('llmResponse', () => {
  const answer = { ...base, analysis: 'The container reaches its limit.', toolCallCount: 1 };

  it('records the analysis by its length and its start', () => {
    expect(builders.llmResponse({ ...answer, tokensUsed: 6120 })).toStrictEqual({
      ...envelope,
      event_type: 'llm_response',
      event_action: 'llm_response_received',
      event_outcome: 'success',
      event_data: {
        event_type: 'llm_response',
        ...basePayload,
        has_analysis: true,
        analysis_length: 32,
        analysis_preview: 'The container reaches its limit.',
        tokens_used: 6120,
        tool_call_count: 1,
      },
    });
  });

  it.each([null, undefined, ''])('is a failure when the analysis is %j', (analysis) => {
    const built = builders.llmResponse({ ...answer, analysis });
    expect(built.event_outcome).toBe('failure');
    expect(built.event_data).toStrictEqual({
      event_type: 'llm_response',
      ...basePayload,
      has_analysis: false,
      analysis_length: 0,
      analysis_preview: '',
      tool_call_count: 1,
    });
  });

  it.each([-1, 0.5, Number.NaN])('records %d tool calls as none', (toolCallCount) => {
    expect(builders.llmResponse({ ...answer, toolCallCount }).event_data.tool_call_count).toBe(0);
  });
});

describe('llmToolCall', () => {
  const call = {
    ...base,
    toolCallIndex: 0,
    toolName: 'kubectl_describe',
    toolArguments: { kind: 'Deployment', name: 'checkout' },
    toolResult: { status: 'success', restarts: 7 },
  };

  it('records what was asked and what came back', () => {
    expect(builders.llmToolCall(call)).toStrictEqual({
      ...envelope,
      event_type: 'llm_tool_call',
      event_action: 'tool_invoked',
      event_outcome: 'success',
      event_data: {
        event_type: 'llm_tool_call',
        ...basePayload,
        tool_call_index: 0,
        tool_name: 'kubectl_describe',
        tool_arguments: { kind: 'Deployment', name: 'checkout' },
        tool_result: { status: 'success', restarts: 7 },
        tool_result_preview: '{"status":"success","restarts":7}',
      },
    });
  });

  it.each<[JsonValue | undefined, JsonValue, string]>([
    [null, null, 'null'],
    [undefined, null, 'null'],
    ['', '', ''],
    ['pods: 3', 'pods: 3', 'pods: 3'],
    [0, 0, '0'],
    [false, false, 'false'],
    [['a'], ['a'], '["a"]'],
    ['x'.repeat(501), 'x'.repeat(501), `${'x'.repeat(500)}...`],
  ])('takes any JSON for a result: %#', (toolResult, recorded, preview) => {
    const { event_data } = expectEvent(builders.llmToolCall({ ...call, toolResult }));
    expect(event_data.tool_result).toStrictEqual(recorded);
    expect(event_data.tool_result_preview).toBe(preview);
  });

  it('keeps nine levels of a result and of arguments, and deeper ones as JSON text', () => {
    const kept = expectEvent(
      builders.llmToolCall({ ...call, toolArguments: nested(9), toolResult: nested(9) }),
    );
    expect(kept.event_data.tool_result).toStrictEqual(nested(9));
    expect(kept.event_data.tool_arguments).toStrictEqual(nested(9));
    const text = JSON.stringify(nested(10));
    const flat = expectEvent(
      builders.llmToolCall({ ...call, toolArguments: nested(10), toolResult: nested(10) }),
    );
    expect(flat.event_data.tool_result).toBe(text);
    expect(flat.event_data.tool_arguments).toStrictEqual({ json: text });
  });

  it('is not lost for its size: what is too large becomes JSON text and is cut', () => {
    const rows = Array.from({ length: 50_000 }, (_, index) => ({ _sd: index }));
    const { event_data } = expectEvent(
      builders.llmToolCall({
        ...call,
        toolName: 'n'.repeat(300_000),
        toolArguments: { query: '\u0000'.repeat(300_000) },
        toolResult: rows,
      }),
    );
    expect(event_data.tool_result).toMatch(/^\[\{"_sd":0\},.*…$/);
    expect(event_data.tool_arguments).toStrictEqual({ json: expect.stringMatching(/…$/) });
    expect(event_data.tool_name).toMatch(/…$/);
  });

  it.each([-1, 0.5, Number.NaN])('records place %d as 0', (toolCallIndex) => {
    expect(builders.llmToolCall({ ...call, toolCallIndex }).event_data.tool_call_index).toBe(0);
  });
});

describe('workflowValidationAttempt', () => {
  const first = {
    ...base,
    attempt: 1,
    maxAttempts: 3,
    recordedAttempts: 0,
    isValid: false,
    errors: ['parameter MEMORY_LIMIT_NEW is required', 'image does not match'],
    workflowId: 'increase-memory',
  };

  it('is pending while attempts are left', () => {
    expect(builders.workflowValidationAttempt(first)).toStrictEqual({
      ...envelope,
      event_type: 'workflow_validation_attempt',
      event_action: 'validation_executed',
      event_outcome: 'pending',
      event_data: {
        event_type: 'workflow_validation_attempt',
        ...basePayload,
        attempt: 1,
        max_attempts: 3,
        is_valid: false,
        errors: ['parameter MEMORY_LIMIT_NEW is required', 'image does not match'],
        validation_errors: 'parameter MEMORY_LIMIT_NEW is required; image does not match',
        workflow_id: 'increase-memory',
        workflow_name: 'increase-memory',
        is_final_attempt: false,
      },
    });
  });

  it('is a success when the workflow is valid', () => {
    const built = buildAttempt({ ...first, isValid: true, errors: [], workflowId: null });
    expect(built.event_outcome).toBe('success');
    expect(built.event_data).toStrictEqual({
      event_type: 'workflow_validation_attempt',
      ...basePayload,
      attempt: 1,
      max_attempts: 3,
      is_valid: true,
      errors: [],
      is_final_attempt: false,
    });
  });

  it.each([
    [3, 3, true, 'success', true],
    [3, 3, false, 'failure', true],
    [4, 3, false, 'failure', true],
    [2, 3, false, 'pending', false],
  ])('takes attempt %d of %d, valid %s, for %s', (attempt, maxAttempts, isValid, outcome, isFinal) => {
    const built = buildAttempt({ ...first, attempt, maxAttempts, isValid });
    expect([built.event_outcome, built.event_data.is_final_attempt]).toEqual([outcome, isFinal]);
  });

  it('is recorded once: v1.5 repeats the last attempt to add the reason for a review', () => {
    const last = { ...first, attempt: 3, recordedAttempts: 2, humanReviewReason: 'image_mismatch' };
    expect(buildAttempt(last).event_data.human_review_reason).toBe('image_mismatch');
    expect(builders.workflowValidationAttempt({ ...last, recordedAttempts: 3 })).toStrictEqual(
      skipEvent('attempt 3 is recorded'),
    );
  });

  it.each([0, -1, 1.5, Number.NaN])('takes attempt %d and so many allowed for 1 of 1', (count) => {
    const { event_data } = buildAttempt({ ...first, attempt: count, maxAttempts: count });
    expect([event_data.attempt, event_data.max_attempts]).toEqual([1, 1]);
  });

  it('is not lost for its size', () => {
    const huge = '\u0001'.repeat(300_000);
    const { event_data } = buildAttempt({
      ...first,
      errors: [huge, huge],
      workflowId: huge,
      humanReviewReason: huge,
    });
    expect(event_data.errors).toEqual([expect.stringMatching(/…$/), '…']);
    expect(event_data.validation_errors).toMatch(/…$/);
  });
});

describe('names', () => {
  it.each([null, '', undefined])('correlates by "unknown" when the remediation is %j, in all five', (id) => {
    const nameless = { incident_id: 'inc-1', ...(id === undefined ? {} : { remediation_id: id }) };
    const input = { ...facts, request: nameless, eventId };
    const built = [
      builders.responseComplete({ ...input, response }),
      builders.llmRequest(input),
      builders.llmResponse(input),
      builders.llmToolCall(input),
      builders.workflowValidationAttempt({ ...input, recordedAttempts: 0 }),
    ];
    for (const event of built) {
      expect(event).toMatchObject({ correlation_id: 'unknown', resource_id: 'unknown' });
    }
  });

  it('cuts a remediation name that is too long for the envelope', () => {
    const long = { incident_id: 'inc-1', remediation_id: 'r'.repeat(300) };
    const built = expectEvent(builders.llmRequest({ ...facts, request: long, eventId }));
    expect(built.correlation_id).toBe(`${'r'.repeat(254)}…`);
  });
});

describe('any input', () => {
  it('becomes an event that the contract accepts, or a skip', () => {
    fc.assert(
      fc.property(anyFacts(), anyResponse(), (any, anyAnswer) => {
        const results = [
          builders.responseComplete({ ...any, response: anyAnswer }),
          builders.llmRequest(any),
          builders.llmResponse(any),
          builders.llmToolCall(any),
          builders.workflowValidationAttempt(any),
        ];
        for (const result of results) if (!isEventSkip(result)) expectEvent(result);
      }),
    );
  });
});

const facts = {
  model: 'm',
  prompt: 'p',
  toolsetsEnabled: [],
  analysis: 'a',
  toolCallCount: 0,
  toolCallIndex: 0,
  toolName: 't',
  toolArguments: {},
  toolResult: null,
  attempt: 1,
  maxAttempts: 3,
  isValid: true,
  errors: [],
};

function nested(levels: number): JsonObject {
  return levels === 1 ? {} : { a: nested(levels - 1) };
}

function buildData(answer: IncidentResponse) {
  return expectEvent(builders.responseComplete({ ...base, response: answer })).event_data.response_data;
}

function buildAttempt(input: builders.WorkflowValidationAttemptInput) {
  return expectEvent(builders.workflowValidationAttempt(input));
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 2, arbitrary: anyHostileText('\uDC00'.repeat(600), '\u0001'.repeat(70_000)) },
    { weight: 1, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
  );
}

function anyJson(): fc.Arbitrary<JsonValue> {
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 14, withCrossShrink: true },
      fc.oneof(anyText(), fc.double(), fc.boolean(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(anyText(), tie('value'), { maxKeys: 3 }),
    ),
  }));
  return fc.oneof(
    value,
    fc.integer({ min: 1, max: 14 }).map((levels) => nested(levels)),
  );
}

function anyFacts() {
  const text = anyText();
  const count = fc.oneof(fc.double(), fc.integer({ min: -1, max: 5 }));
  return fc.record({
    request: fc.record(
      { incident_id: text, remediation_id: fc.option(text) },
      { requiredKeys: ['incident_id'] },
    ),
    eventId: text,
    model: text,
    prompt: text,
    toolsetsEnabled: fc.array(text),
    mcpServers: fc.array(text),
    maxTokens: count,
    analysis: fc.option(text),
    toolCallCount: count,
    tokensUsed: count,
    toolCallIndex: count,
    toolName: text,
    toolArguments: fc.dictionary(text, anyJson()),
    toolResult: fc.option(anyJson(), { nil: undefined }),
    attempt: count,
    maxAttempts: count,
    recordedAttempts: count,
    isValid: fc.boolean(),
    errors: fc.array(text),
    workflowId: fc.option(text),
    humanReviewReason: fc.option(text),
  });
}

function anyResponse(): fc.Arbitrary<IncidentResponse> {
  const text = anyText();
  const json = anyJson();
  return fc.record(
    {
      incident_id: text,
      analysis: text,
      root_cause_analysis: fc.record(
        { summary: json, severity: json, contributing_factors: json },
        { requiredKeys: [] },
      ),
      selected_workflow: fc.option(
        fc.record(
          {
            workflow_id: json,
            container_image: json,
            confidence: json,
            parameters: json,
            version: json,
            rationale: json,
          },
          { requiredKeys: [] },
        ),
      ),
      confidence: fc.double(),
      timestamp: text,
      needs_human_review: fc.boolean(),
      human_review_reason: fc.option(text),
      target_in_owner_chain: fc.boolean(),
      warnings: fc.array(text),
      alternative_workflows: fc.array(
        fc.record(
          { workflow_id: text, container_image: fc.option(text), confidence: fc.double(), rationale: text },
          { requiredKeys: ['workflow_id', 'confidence', 'rationale'] },
        ),
      ),
    },
    {
      requiredKeys: ['incident_id', 'analysis', 'root_cause_analysis', 'confidence', 'timestamp'],
    },
  );
}
