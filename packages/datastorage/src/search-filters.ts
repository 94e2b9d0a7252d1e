import { onlyKnown, type PayloadOf } from '@audit/schema';
import type { DetectedLabels, WorkflowSearchFilters } from './workflow-catalogue.ts';
import { catalogueStatus } from './workflow-members.ts';

type Filters = NonNullable<PayloadOf<'workflow.catalog.search_completed'>['query']['filters']>;
type Detected = NonNullable<Filters['detected_labels']>;

/** Tells which labels a workflow had to carry. A severity or priority outside the contract's list is `unknown`. */
export function filterMembers(filters: WorkflowSearchFilters): Filters {
  const { signalType = '', component = '', environment = '' } = filters;
  return {
    signal_type: signalType,
    severity: severities.find((severity) => severity === filters.severity) ?? 'unknown',
    component,
    environment,
    priority: priorities.find((priority) => priority === filters.priority) ?? 'unknown',
    ...onlyKnown({
      custom_labels: customLabels(filters),
      detected_labels: filters.detectedLabels ? detectedLabels(filters.detectedLabels) : undefined,
      status: someOf((filters.status ?? []).flatMap((status) => catalogueStatus(status) ?? [])),
    }),
  };
}

const severities: readonly Filters['severity'][] = ['critical', 'high', 'medium', 'low', 'warning', 'info'];

const priorities: readonly Filters['priority'][] = ['P0', 'P1', 'P2', 'P3', 'P4'];

const detections: NonNullable<Detected['failed_detections']> = [
  'gitOpsManaged',
  'pdbProtected',
  'hpaEnabled',
  'stateful',
  'helmManaged',
  'networkIsolated',
  'serviceMesh',
];

const gitOpsTools: readonly NonNullable<Detected['gitOpsTool']>[] = ['argocd', 'flux', '*'];

const serviceMeshes: readonly NonNullable<Detected['serviceMesh']>[] = ['istio', 'linkerd', '*'];

function customLabels({ customLabels: labels }: WorkflowSearchFilters): Filters['custom_labels'] {
  const entries = Object.entries(labels ?? {}).map(([name, values]) => [name, [...(values ?? [])]]);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function detectedLabels(labels: DetectedLabels): Filters['detected_labels'] {
  const failed = labels.failedDetections ?? [];
  const members = onlyKnown({
    failed_detections: someOf(detections.filter((detection) => failed.includes(detection))),
    gitOpsManaged: labels.gitOpsManaged,
    gitOpsTool: gitOpsTools.find((tool) => tool === labels.gitOpsTool),
    pdbProtected: labels.pdbProtected,
    hpaEnabled: labels.hpaEnabled,
    stateful: labels.stateful,
    helmManaged: labels.helmManaged,
    networkIsolated: labels.networkIsolated,
    serviceMesh: serviceMeshes.find((mesh) => mesh === labels.serviceMesh),
  });
  return Object.keys(members).length > 0 ? members : undefined;
}

function someOf<Value>(values: Value[]): Value[] | undefined {
  return values.length > 0 ? values : undefined;
}
