import type { WorkflowUse } from '../incident.ts';
import type { Step } from '../managers.ts';
import { platformEngineer } from '../people.ts';
import type { RemediationFacts } from '../scenario.ts';
import type { StoryPart } from '../story.ts';

/** A search of the workflow catalogue. */
export interface CatalogueSearch {
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
  /** What fits, best first. */
  readonly found: readonly WorkflowUse[];
}

/** The language model looks for a workflow that fits the incident. */
export function catalogueSearched(facts: RemediationFacts, { atSeconds, found }: CatalogueSearch): Step {
  const { incident, remediationName } = facts;
  return {
    atSeconds,
    service: 'datastorage',
    method: 'catalogSearchCompleted',
    input: {
      request: {
        remediationId: remediationName,
        topK: 3,
        minScore: 0.5,
        filters: {
          signalType: incident.alert,
          severity: incident.severity,
          component: 'deployment',
          environment: 'production',
          priority: 'P1',
          status: ['active'],
        },
      },
      response: {
        workflows: found.map(({ workflowId, workflowName, description, confidence }) => ({
          workflowId,
          title: workflowName,
          description,
          confidence,
        })),
        totalResults: found.length,
      },
      durationMs: 23,
    },
  };
}

/** A person publishes a version of a workflow and disables the one before it. */
export function workflowPublished(facts: RemediationFacts): StoryPart {
  const { incident } = facts;
  const { workflowName, description, image, version } = incident.workflow;
  return {
    seconds: 5,
    steps: (start) => [
      {
        atSeconds: start,
        service: 'datastorage',
        method: 'workflowCreated',
        input: {
          workflow: {
            workflowId: facts.uid('published workflow'),
            workflowName: image,
            version,
            name: workflowName,
            description,
            status: 'active',
            isLatestVersion: true,
            executionEngine: 'tekton',
            labels: {
              signalType: incident.alert,
              severity: incident.severity,
              component: 'deployment',
              environment: 'production',
              priority: 'P1',
            },
          },
        },
      },
      {
        atSeconds: start + 4,
        service: 'datastorage',
        method: 'workflowUpdated',
        input: {
          workflowId: facts.uid('workflow before'),
          changes: {
            status: 'disabled',
            disabledBy: platformEngineer.username,
            disabledReason: `Replaced by version ${version}, which knows ${incident.alert}.`,
          },
        },
      },
    ],
  };
}
