/** Something that goes wrong with a workload, what people are told about it, and what can be done. */
export interface Incident {
  /** Name of the alert. */
  readonly alert: string;
  readonly severity: 'critical' | 'warning';
  /** What the alert says. */
  readonly summary: string;
  readonly investigation: Investigation;
  /** The workflow that remedies it. */
  readonly workflow: WorkflowUse;
}

/** What the language model does to find the cause, and what it finds. */
export interface Investigation {
  readonly seconds: number;
  /** The tools it calls, in order. */
  readonly toolCalls: readonly [ToolCall, ...ToolCall[]];
  /** The cause in a few sentences. */
  readonly rootCause: string;
  readonly contributingFactors: readonly string[];
}

/** A question that the language model asks of the cluster, and the answer. */
export interface ToolCall {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, string>>;
  readonly result: Readonly<Record<string, string | number | readonly string[]>>;
}

/** A workflow of the catalogue and how it is used. */
export interface WorkflowUse {
  readonly workflowId: string;
  /** Name of its image. */
  readonly image: string;
  readonly version: string;
  readonly workflowName: string;
  /** What it does, as the catalogue describes it. */
  readonly description: string;
  readonly actionType: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Confidence of the language model, from 0 to 1. */
  readonly confidence: number;
  readonly rationale: string;
  /** Go duration text; default `30m0s`. */
  readonly timeout?: string;
}
