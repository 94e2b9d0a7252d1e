export {
  analysisCompleted,
  analysisFailed,
  approvalDecision,
  errorOccurred,
  holmesgptCall,
  phaseTransition,
  regoEvaluation,
} from './builders.ts';
export { createAIAnalysisAuditManager } from './manager.ts';

export type {
  AIAnalysis,
  AIAnalysisMetadata,
  AIAnalysisSpec,
  AIAnalysisStatus,
  AnalysisError,
  SelectedWorkflow,
} from './ai-analysis.ts';
export type {
  AnalysisCompletedInput,
  AnalysisFailedInput,
  ApprovalDecisionInput,
  ErrorOccurredInput,
  HolmesgptCallInput,
  PhaseTransitionInput,
  RegoEvaluationInput,
} from './builders.ts';
export type { AIAnalysisAuditManager } from './manager.ts';
