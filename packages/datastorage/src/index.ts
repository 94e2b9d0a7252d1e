export { catalogSearchCompleted, workflowCreated, workflowUpdated } from './builders.ts';
export { createDatastorageAuditManager } from './manager.ts';

export type {
  CatalogSearchCompletedInput,
  WorkflowCreatedInput,
  WorkflowUpdatedInput,
} from './builders.ts';
export type { DatastorageAuditManager } from './manager.ts';
export type {
  CatalogueWorkflow,
  DetectedLabels,
  WorkflowChanges,
  WorkflowDescription,
  WorkflowLabel,
  WorkflowLabels,
  WorkflowSearchFilters,
  WorkflowSearchRequest,
  WorkflowSearchResponse,
  WorkflowSearchResult,
} from './workflow-catalogue.ts';
