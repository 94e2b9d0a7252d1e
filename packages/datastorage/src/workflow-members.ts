import { onlyKnown, type PayloadOf, shortenText } from '@audit/schema';
import type {
  CatalogueWorkflow,
  WorkflowChanges,
  WorkflowDescription,
  WorkflowLabel,
} from './workflow-catalogue.ts';

/** What a payload says about a new workflow. */
export type WorkflowMembers = Omit<PayloadOf<'datastorage.workflow.created'>, 'event_type'>;

/** Tells what entered the catalogue. */
export function workflowMembers(workflow: CatalogueWorkflow): WorkflowMembers {
  return {
    workflow_id: toUuid(workflow.workflowId),
    workflow_name: workflow.workflowName,
    version: workflow.version,
    status: catalogueStatus(workflow.status) ?? 'unknown',
    is_latest_version: workflow.isLatestVersion,
    execution_engine: workflow.executionEngine,
    name: workflow.name,
    ...onlyKnown({
      description: descriptionText(workflow.description, textCharsMax),
      labels: labelMembers(workflow),
    }),
  };
}

/** What a payload says about a change. */
export type UpdatedFields = PayloadOf<'datastorage.workflow.updated'>['updated_fields'];

/** Tells the new values. Who disabled the workflow, and why, belongs to the change to `disabled` and to no other. */
export function updatedFields(changes: WorkflowChanges): UpdatedFields {
  const { status, disabledBy, disabledReason, version, description } = changes;
  const statusWord = catalogueStatus(status) ?? status;
  return {
    ...onlyKnown({
      status: statusWord,
      version,
      description: descriptionText(description, textCharsMax),
    }),
    ...(statusWord === 'disabled' &&
      onlyKnown({
        disabled_by: disabledBy,
        disabled_reason: shortenText(disabledReason ?? '', textCharsMax),
      })),
  };
}

/** UUID that stands for an id that is none. */
export const zeroUuid = '00000000-0000-0000-0000-000000000000';

/** Keeps an id that is a UUID of RFC 9562, which the contract demands. */
export function toUuid(id: string): string {
  return uuid.test(id) ? id : zeroUuid;
}

/** Reads a status as January 2026 (`active`) or later versions (`Active`) write it; undefined for any other word. */
export function catalogueStatus(text: string | null | undefined): CatalogueStatus | undefined {
  return statuses.find((status) => status === text || capitalised(status) === text);
}

/** Takes the text of a description, cut to a number of UTF-16 units. */
export function descriptionText(
  description: WorkflowDescription | null | undefined,
  charsMax: number,
): string {
  const text = typeof description === 'object' ? description?.what : description;
  return shortenText(text ?? '', charsMax);
}

/** Status of a workflow in the catalogue. */
export type CatalogueStatus = Exclude<WorkflowMembers['status'], 'unknown'>;

const statuses: readonly CatalogueStatus[] = ['active', 'disabled', 'deprecated', 'archived'];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

// An event has at most two such texts; both together stay below the 256 KiB it may have, however they are escaped.
const textCharsMax = 16_384;

function capitalised(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function labelMembers({ labels }: CatalogueWorkflow): WorkflowMembers['labels'] {
  const members = onlyKnown({
    signal_type: labelValue(labels?.signalType),
    severity: labelValue(labels?.severity),
    component: labelValue(labels?.component),
    environment: labelValue(labels?.environment),
    priority: labelValue(labels?.priority),
  });
  return Object.keys(members).length > 0 ? members : undefined;
}

function labelValue(label: WorkflowLabel | undefined): string | string[] | undefined {
  if (typeof label === 'string') return label;
  return label && label.length > 0 ? [...label] : undefined;
}
