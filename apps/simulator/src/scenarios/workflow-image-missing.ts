import { executionSteps } from '../execution-steps.ts';
import type { Scenario } from '../scenario.ts';
import {
  newWorkflowExecution,
  pipelineRunName,
  type WorkflowExecutionObject,
} from '../workflow-execution-object.ts';

/** The image of the workflow cannot be pulled, so nothing in the cluster was changed. */
export const workflowImageMissing: Scenario = {
  name: 'workflow-image-missing',
  alert: 'CertificateExpiring',
  endsIn: 'failure',
  scripts: [
    (facts) => {
      const created = newWorkflowExecution(facts, {
        workflowId: 'renew-certificate',
        version: '0.9.1',
        workflowName: 'Renew certificate',
        actionType: 'RenewCertificate',
        parameters: { NAMESPACE: facts.workload.namespace, CERTIFICATE: `${facts.workload.deployment}-tls` },
        confidence: 0.97,
        rationale: 'The certificate expires in two days and its renewal was not requested.',
      });
      const name = pipelineRunName(created);
      const failed: WorkflowExecutionObject = {
        ...created,
        status: {
          phase: 'Failed',
          observedGeneration: 1,
          completionTime: facts.time(121),
          pipelineRunRef: { name },
          pipelineRunStatus: {
            status: 'False',
            reason: 'TaskRunImagePullFailed',
            completedTasks: 0,
            totalTasks: 2,
          },
          failureDetails: failureDetails(facts.time(121)),
        },
      };
      return executionSteps({ created, ended: failed, createdAtSeconds: 0, endedAtSeconds: 121 });
    },
  ],
};

function failureDetails(failedAt: string) {
  return {
    failedTaskIndex: 0,
    failedTaskName: 'renew',
    reason: 'ImagePullBackOff',
    message: 'Back-off pulling image "registry.example.com/workflows/renew-certificate:0.9.1": not found',
    failedAt,
    executionTimeBeforeFailure: '0s',
    naturalLanguageSummary: 'The workflow did not begin: its image could not be pulled from the registry.',
    wasExecutionFailure: false,
  };
}
