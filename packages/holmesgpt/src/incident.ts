/** Any JSON value. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;

/** A JSON object with members of any name. */
export interface JsonObject {
  readonly [name: string]: JsonValue;
}

/**
 * The members of an analysis request that the audit trail reads, in the request's own spelling. The complete body, as
 * the service received it, fits without a cast; members that are not named here are ignored.
 */
export interface IncidentRequest {
  readonly incident_id: string;
  /** Name of the RemediationRequest; the correlation id. */
  readonly remediation_id?: string | null;
}

/**
 * The answer of the incident endpoint, in its own spelling. The complete body, as the service sends it, fits without a
 * cast. What a language model wrote into it is any JSON.
 */
export interface IncidentResponse {
  readonly incident_id: string;
  readonly analysis: string;
  readonly root_cause_analysis: ModelRootCause;
  /** Null or absent when no workflow was chosen. */
  readonly selected_workflow?: ModelWorkflow | null;
  readonly confidence: number;
  /** RFC 3339; without an offset it is UTC. */
  readonly timestamp: string;
  readonly needs_human_review?: boolean;
  readonly human_review_reason?: string | null;
  readonly target_in_owner_chain?: boolean;
  readonly warnings?: readonly string[];
  readonly alternative_workflows?: readonly AlternativeWorkflow[];
}

/** Root cause in the words of the model. */
export interface ModelRootCause {
  readonly summary?: JsonValue;
  readonly severity?: JsonValue;
  readonly contributing_factors?: JsonValue;
}

/** Workflow that the model chose, in its words. */
export interface ModelWorkflow {
  readonly workflow_id?: JsonValue;
  readonly container_image?: JsonValue;
  readonly confidence?: JsonValue;
  readonly parameters?: JsonValue;
  readonly version?: JsonValue;
  readonly rationale?: JsonValue;
}

/** Workflow that was considered and not chosen. */
export interface AlternativeWorkflow {
  readonly workflow_id: string;
  readonly container_image?: string | null;
  readonly confidence: number;
  readonly rationale: string;
}
