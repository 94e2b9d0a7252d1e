import { type EventIssue, eventIssue } from '@audit/schema';
import { ParameterReader } from '../query/parameter-reader.ts';

/** A record, by its event or by its position. */
export type RecordSelector = { readonly eventId: string } | { readonly sequence: number };

/** Which inclusion proof is asked for. */
export interface InclusionQuery {
  readonly record: RecordSelector;
  /** Size of the tree; default that of the newest checkpoint. */
  readonly treeSize: number | undefined;
}

/** Which consistency proof is asked for. */
export interface ConsistencyQuery {
  readonly from: number;
  /** Size of the newer tree; default that of the newest checkpoint. */
  readonly to: number | undefined;
}

/** A query, or every fault found in the parameters. */
export type ParsedProofQuery<Query> =
  | { readonly success: true; readonly query: Query }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

const inclusionParameters = new Set(['event_id', 'sequence', 'tree_size']);
const consistencyParameters = new Set(['from', 'to']);
const sizeMax = Number.MAX_SAFE_INTEGER;

/** Reads the parameters of `GET /api/v1/audit/proofs/inclusion`. */
export function parseInclusionQuery(parameters: URLSearchParams): ParsedProofQuery<InclusionQuery> {
  const reader = new ParameterReader(parameters, inclusionParameters);
  const eventId = reader.uuid('event_id');
  const sequence = reader.integer('sequence', 0, sizeMax);
  const treeSize = reader.integer('tree_size', 1, sizeMax);
  const given = ['event_id', 'sequence'].filter((name) => parameters.has(name));
  const issues = given.length === 1 ? reader.issues : [...reader.issues, oneRecord(given)];
  if (issues.length > 0) return { success: false, issues };
  // The one that was given has passed.
  const record = eventId === undefined ? { sequence: sequence ?? 0 } : { eventId };
  return { success: true, query: { record, treeSize } };
}

/** Reads the parameters of `GET /api/v1/audit/proofs/consistency`. */
export function parseConsistencyQuery(parameters: URLSearchParams): ParsedProofQuery<ConsistencyQuery> {
  const reader = new ParameterReader(parameters, consistencyParameters);
  const from = reader.integer('from', 0, sizeMax);
  const to = reader.integer('to', 0, sizeMax);
  const issues = parameters.has('from') ? reader.issues : [...reader.issues, missingFrom];
  if (from === undefined || issues.length > 0) return { success: false, issues };
  return { success: true, query: { from, to } };
}

function oneRecord(given: readonly string[]): EventIssue {
  return eventIssue({
    code: given.length === 0 ? 'missing' : 'wrong_value',
    pointer: '',
    expected: 'either event_id or sequence',
    received: given.join(' and ') || 'neither',
  });
}

const missingFrom = eventIssue({
  code: 'missing',
  pointer: '/from',
  expected: 'a tree size',
  received: 'nothing',
});
