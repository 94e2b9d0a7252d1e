import { datastorageEvents, draftEvent, type EventDraft } from '@audit/schema';
import { queryHash } from './query-hash.ts';
import { queryMembers, resultMembers, searchMetadata, toCount } from './search-members.ts';
import type {
  CatalogueWorkflow,
  WorkflowChanges,
  WorkflowSearchRequest,
  WorkflowSearchResponse,
} from './workflow-catalogue.ts';
import { toUuid, updatedFields, workflowMembers, zeroUuid } from './workflow-members.ts';

type Draft<Name extends keyof typeof datastorageEvents> = EventDraft<(typeof datastorageEvents)[Name]>;

/** Input of {@link catalogSearchCompleted}. */
export interface CatalogSearchCompletedInput {
  readonly request: WorkflowSearchRequest;
  readonly response: WorkflowSearchResponse;
  /** Length of the search in milliseconds. */
  readonly durationMs: number;
}

/** Builds `workflow.catalog.search_completed`: a search was answered. An empty result is a success. */
export function catalogSearchCompleted(input: CatalogSearchCompletedInput): Draft<'catalogSearchCompleted'> {
  const { request, response } = input;
  const searchId = queryHash(request);
  const durationMs = toCount(input.durationMs);
  return draftEvent(datastorageEvents.catalogSearchCompleted, {
    ...service,
    event_outcome: 'success',
    resource_type: 'workflow_catalog',
    resource_id: searchId,
    correlation_id: request.remediationId || searchId,
    duration_ms: durationMs,
    event_data: {
      query: queryMembers(request),
      results: resultMembers(response),
      search_metadata: searchMetadata(durationMs),
    },
  });
}

/** Input of {@link workflowCreated}. */
export interface WorkflowCreatedInput {
  readonly workflow: CatalogueWorkflow;
}

/** Builds `datastorage.workflow.created`: a workflow entered the catalogue. */
export function workflowCreated({ workflow }: WorkflowCreatedInput): Draft<'workflowCreated'> {
  return draftEvent(datastorageEvents.workflowCreated, {
    ...service,
    ...aboutWorkflow(workflow.workflowId),
    event_outcome: 'success',
    event_data: workflowMembers(workflow),
  });
}

/** Input of {@link workflowUpdated}. */
export interface WorkflowUpdatedInput {
  /** UUID that the catalogue gave. */
  readonly workflowId: string;
  readonly changes: WorkflowChanges;
}

/** Builds `datastorage.workflow.updated`: a workflow was changed or disabled. */
export function workflowUpdated({ workflowId, changes }: WorkflowUpdatedInput): Draft<'workflowUpdated'> {
  return draftEvent(datastorageEvents.workflowUpdated, {
    ...service,
    ...aboutWorkflow(workflowId),
    event_outcome: 'success',
    event_data: { workflow_id: toUuid(workflowId), updated_fields: updatedFields(changes) },
  });
}

const service = { actor_type: 'service', actor_id: 'datastorage' };

// An id that is no UUID is lost to the payload, so the envelope keeps it.
function aboutWorkflow(workflowId: string) {
  const id = workflowId || zeroUuid;
  return { resource_type: 'Workflow', resource_id: id, correlation_id: id };
}
