import { type ErrorDetails, onlyKnown, type PayloadOf, shortenText } from '@audit/schema';
import type { FailureDetails } from './workflow-execution.ts';

type Payload = PayloadOf<'workflowexecution.workflow.failed'>;

type FailureReason = NonNullable<Payload['failure_reason']>;

/** What a payload says about a failure in separate members. */
export type FailureMembers = Pick<Payload, 'failure_reason' | 'failure_message' | 'failed_task_name'>;

/**
 * Tells why the execution failed. A reason outside the contract's list becomes `Unknown` and its text leads the
 * message.
 */
export function failureMembers(details: FailureDetails): FailureMembers {
  return onlyKnown({
    failure_reason: isFailureReason(details.reason) ? details.reason : 'Unknown',
    failure_message: messageOf(details),
    failed_task_name: details.failedTaskName,
  });
}

/** Tells the failure in the structured form that all services share. */
export function errorDetails(details: FailureDetails | undefined): ErrorDetails {
  const reason = details?.reason ?? 'Unknown';
  const { code, retry } = isFailureReason(reason) ? errorClasses[reason] : errorClasses.Unknown;
  return {
    message: details === undefined ? 'workflow execution failed for an unknown reason' : describe(details),
    code,
    component: 'workflowexecution',
    retry_possible: retry === 'always' || (retry === 'before_execution' && !details?.wasExecutionFailure),
  };
}

interface ErrorClass {
  readonly code: `ERR_${string}`;
  /** `before_execution`: only while the workflow cannot have changed the cluster. */
  readonly retry: 'always' | 'never' | 'before_execution';
}

const pipelineFailed: ErrorClass = { code: 'ERR_PIPELINE_FAILED', retry: 'always' };
const workflowNotFound: ErrorClass = { code: 'ERR_WORKFLOW_NOT_FOUND', retry: 'never' };

const errorClasses: Readonly<Record<FailureReason, ErrorClass>> = {
  OOMKilled: pipelineFailed,
  DeadlineExceeded: pipelineFailed,
  Forbidden: workflowNotFound,
  ImagePullBackOff: { code: 'ERR_IMAGE_PULL', retry: 'always' },
  ConfigurationError: workflowNotFound,
  ResourceExhausted: pipelineFailed,
  TaskFailed: { code: 'ERR_PIPELINE_FAILED', retry: 'before_execution' },
  UnsupportedEngine: pipelineFailed,
  Deduplicated: pipelineFailed,
  PipelineRunCreationFailed: pipelineFailed,
  RaceConditionError: pipelineFailed,
  Unknown: pipelineFailed,
};

function isFailureReason(word: string): word is FailureReason {
  return Object.hasOwn(errorClasses, word);
}

function describe(details: FailureDetails): string {
  const { failedTaskName, failedStepName, exitCode } = details;
  const task = failedTaskName ? ` at task ${failedTaskName}` : '';
  const step = failedStepName ? ` step ${failedStepName}` : '';
  const message = messageOf(details);
  const exit = Number.isInteger(exitCode) ? ` (exit code ${exitCode})` : '';
  return `pipeline failed${task}${step}${message === '' ? '' : `: ${message}`}${exit}`;
}

// One failure fills two texts; both together stay far below the 256 KiB an event may have, however they are escaped.
const messageCharsMax = 16_384;

function messageOf({ reason, message }: FailureDetails): string {
  const text =
    reason === '' || isFailureReason(reason) ? message : [reason, message].filter(Boolean).join(': ');
  return shortenText(text, messageCharsMax);
}
