import type { AuditClient, EmissionOutcome } from '@audit/client';
import {
  createWorkflowExecutionAuditManager,
  type WorkflowExecutionAuditManager,
} from '@audit/workflowexecution';

/** The audit managers that a remediation calls, by service. */
export interface AuditManagers {
  readonly workflowexecution: WorkflowExecutionAuditManager;
}

/** Creates every manager over one client. */
export function createManagers(client: AuditClient): AuditManagers {
  return { workflowexecution: createWorkflowExecutionAuditManager(client) };
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
  const call = managers[service][method] as (input: Step['input']) => EmissionOutcome;
  return call(input);
}
