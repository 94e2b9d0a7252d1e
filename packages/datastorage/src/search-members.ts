import { onlyKnown, type PayloadOf } from '@audit/schema';
import { filterMembers } from './search-filters.ts';
import type {
  WorkflowSearchRequest,
  WorkflowSearchResponse,
  WorkflowSearchResult,
} from './workflow-catalogue.ts';
import { descriptionText, toUuid } from './workflow-members.ts';

type Payload = PayloadOf<'workflow.catalog.search_completed'>;

/** Tells what was asked. */
export function queryMembers({ topK = 0, minScore = 0, filters }: WorkflowSearchRequest): Payload['query'] {
  return {
    top_k: toCount(topK, int32Max),
    ...onlyKnown({
      min_score: minScore > 0 && Number.isFinite(minScore) ? minScore : undefined,
      filters: filters ? filterMembers(filters) : undefined,
    }),
  };
}

/** Tells what was found, best first. */
export function resultMembers({ workflows, totalResults }: WorkflowSearchResponse): Payload['results'] {
  const returned = (workflows ?? []).map(resultMember);
  return {
    total_found: toCount(totalResults, int32Max),
    returned: returned.length,
    workflows: returned,
  };
}

/** Tells how the search ran. The contract requires an embedding; every producer names this one. */
export function searchMetadata(durationMs: number): Payload['search_metadata'] {
  return {
    duration_ms: durationMs,
    embedding_dimensions: 768,
    embedding_model: 'all-mpnet-base-v2',
  };
}

/** Makes a count of a number: whole, not below 0; 0 when it is none. */
export function toCount(value: number, max: number = Number.MAX_SAFE_INTEGER): number {
  return Number.isFinite(value) ? Math.min(Math.max(Math.trunc(value), 0), max) : 0;
}

const int32Max = 2_147_483_647;

// A search returns up to 100 workflows, and the catalogue has their whole texts.
const descriptionCharsMax = 400;

function resultMember(
  { workflowId, title, description, confidence }: WorkflowSearchResult,
  index: number,
): Payload['results']['workflows'][number] {
  return {
    workflow_id: toUuid(workflowId),
    title,
    rank: index + 1,
    scoring: { confidence: Math.min(Math.max(confidence || 0, 0), 1) },
    ...onlyKnown({ description: descriptionText(description, descriptionCharsMax) }),
  };
}
