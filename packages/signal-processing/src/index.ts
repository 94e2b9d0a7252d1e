export {
  businessClassified,
  classificationDecision,
  enrichmentCompleted,
  errorOccurred,
  phaseTransition,
  signalProcessed,
} from './builders.ts';
export { createSignalProcessingAuditManager } from './manager.ts';

export type {
  BusinessClassifiedInput,
  ClassificationDecisionInput,
  EnrichmentCompletedInput,
  ErrorOccurredInput,
  PhaseTransitionInput,
  SignalProcessedInput,
} from './builders.ts';
export type { SignalProcessingAuditManager } from './manager.ts';
export type {
  BusinessClassification,
  EnvironmentClassification,
  KubernetesContext,
  PriorityAssignment,
  SignalProcessing,
  SignalProcessingMetadata,
  SignalProcessingSpec,
  SignalProcessingStatus,
} from './signal-processing.ts';
