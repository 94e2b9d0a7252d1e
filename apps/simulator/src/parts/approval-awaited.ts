import type { AuthenticatedUser } from '@audit/webhook';
import type { Step } from '../managers.ts';
import { askForApproval } from '../messages.ts';
import {
  type ApprovalRequestObject,
  approvalSeconds,
  remediationApprovalRequest,
} from '../objects/remediation-approval-request.ts';
import type { RemediationFacts } from '../scenario.ts';
import { inTurn, type StoryPart } from '../story.ts';
import { notified } from './notified.ts';
import { phaseChanged } from './phase-changed.ts';

/** What a person decides. */
export interface Verdict {
  readonly decision: 'Approved' | 'Rejected';
  readonly by: AuthenticatedUser;
  readonly message: string;
  /** From the question to the decision. */
  readonly afterSeconds: number;
}

/** A person is asked and decides. */
export function decidedByPerson(facts: RemediationFacts, verdict: Verdict): StoryPart {
  return {
    seconds: verdict.afterSeconds + 2,
    steps: (start) => [
      ...approvalRequested(facts).steps(start),
      ...decisionSteps(facts, { verdict, createdAt: start }),
    ],
  };
}

/** A person is asked and does not answer in time. */
export function approvalExpired(facts: RemediationFacts): StoryPart {
  return {
    seconds: approvalSeconds + 1,
    steps: (start) => {
      const status = { decision: 'Expired', decidedBy: 'system', decisionMessage: 'Nobody decided in time.' };
      return [
        ...approvalRequested(facts).steps(start),
        {
          atSeconds: start + approvalSeconds,
          service: 'orchestrator',
          method: 'approvalExpired',
          input: {
            approvalRequest: remediationApprovalRequest(facts, { createdAt: start, status }),
            previousDecision: undefined,
          },
        },
      ];
    },
  };
}

function approvalRequested(facts: RemediationFacts): StoryPart {
  const asked: StoryPart = {
    seconds: 1,
    steps: (start) => [
      phaseChanged(facts, { atSeconds: start, from: 'Analyzing', to: 'AwaitingApproval' }),
      {
        atSeconds: start,
        service: 'orchestrator',
        method: 'approvalRequested',
        input: {
          approvalRequest: remediationApprovalRequest(facts, { createdAt: start, status: {} }),
          previousPhase: 'Analyzing',
        },
      },
    ],
  };
  return inTurn(asked, notified(facts, askForApproval(facts)));
}

interface Decision {
  readonly verdict: Verdict;
  /** When the question was asked, in seconds since the start of the remediation. */
  readonly createdAt: number;
}

// The webhook sees the decision first, and records who made it; then the controller acts on it.
function decisionSteps(facts: RemediationFacts, { verdict, createdAt }: Decision): readonly Step[] {
  const { decision, by, message } = verdict;
  const decidedAt = createdAt + verdict.afterSeconds;
  const status = { decision, decidedBy: by.username, decisionMessage: message };
  const undecided = remediationApprovalRequest(facts, { createdAt, status: {} });
  const decided = remediationApprovalRequest(facts, { createdAt, status });
  return [
    {
      atSeconds: decidedAt,
      service: 'webhook',
      method: 'approvalDecided',
      input: {
        request: decided,
        previous: undecided,
        user: by,
        decidedAt: new Date(facts.time(decidedAt)),
      },
    },
    decisionSeen(decided, { decision, atSeconds: decidedAt + 1 }),
  ];
}

interface DecisionMoment {
  readonly decision: Verdict['decision'];
  /** Seconds since the start of the remediation. */
  readonly atSeconds: number;
}

function decisionSeen(approvalRequest: ApprovalRequestObject, { decision, atSeconds }: DecisionMoment): Step {
  return {
    atSeconds,
    service: 'orchestrator',
    method: decision === 'Approved' ? 'approvalApproved' : 'approvalRejected',
    input: { approvalRequest, previousDecision: undefined },
  };
}
