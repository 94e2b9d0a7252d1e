import { type AIAnalysisAuditManager, createAIAnalysisAuditManager } from '@audit/aianalysis';
import type { AuditClient, EmissionOutcome } from '@audit/client';
import { createDatastorageAuditManager, type DatastorageAuditManager } from '@audit/datastorage';
import { createGatewayAuditManager, type GatewayAuditManager } from '@audit/gateway';
import { createHolmesgptAuditManager, type HolmesgptAuditManager } from '@audit/holmesgpt';
import { createNotificationAuditManager, type NotificationAuditManager } from '@audit/notification';
import { createOrchestratorAuditManager, type OrchestratorAuditManager } from '@audit/orchestrator';
import {
  createSignalProcessingAuditManager,
  type SignalProcessingAuditManager,
} from '@audit/signal-processing';
import { createWebhookAuditManager, type WebhookAuditManager } from '@audit/webhook';
import {
  createWorkflowExecutionAuditManager,
  type WorkflowExecutionAuditManager,
} from '@audit/workflowexecution';

/** The audit managers that a remediation calls, by service. */
export interface AuditManagers {
  readonly gateway: GatewayAuditManager;
  readonly orchestrator: OrchestratorAuditManager;
  readonly 'signal-processing': SignalProcessingAuditManager;
  readonly aianalysis: AIAnalysisAuditManager;
  readonly holmesgpt: HolmesgptAuditManager;
  readonly datastorage: DatastorageAuditManager;
  readonly workflowexecution: WorkflowExecutionAuditManager;
  readonly notification: NotificationAuditManager;
  readonly webhook: WebhookAuditManager;
}

/** Creates every manager over one client. */
export function createManagers(client: AuditClient): AuditManagers {
  return {
    gateway: createGatewayAuditManager(client),
    orchestrator: createOrchestratorAuditManager(client),
    'signal-processing': createSignalProcessingAuditManager(client),
    aianalysis: createAIAnalysisAuditManager(client),
    holmesgpt: createHolmesgptAuditManager(client),
    datastorage: createDatastorageAuditManager(client),
    workflowexecution: createWorkflowExecutionAuditManager(client),
    notification: createNotificationAuditManager(client),
    webhook: createWebhookAuditManager(client),
  };
}

/** One step of a remediation: at a moment, a service calls a method of its manager with the state it then sees. */
export type Step = { [Service in keyof AuditManagers]: StepOf<Service> }[keyof AuditManagers];

type StepOf<Service extends keyof AuditManagers> = {
  [Method in keyof AuditManagers[Service]]: {
    /** Seconds since the start of the remediation. */
    readonly atSeconds: number;
    readonly service: Service;
    readonly method: Method;
    readonly input: InputOf<AuditManagers[Service][Method]>;
  };
}[keyof AuditManagers[Service]];

type InputOf<Method> = Method extends (input: infer Input) => EmissionOutcome ? Input : never;

/** Carries out a step. */
export function callStep(managers: AuditManagers, { service, method, input }: Step): EmissionOutcome {
  // Step pairs every method with its own input; TypeScript loses the pair when it joins the methods to a union.
  const manager = managers[service] as Readonly<Record<string, (input: Step['input']) => EmissionOutcome>>;
  const call = manager[method];
  if (call === undefined) throw new Error(`${service} has no method ${method}`);
  return call(input);
}
