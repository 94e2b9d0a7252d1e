import { type PayloadOf, shortenText } from '@audit/schema';
import { type AuthenticatedUser, isServiceAccount } from './attribution.ts';
import type { RemediationApprovalRequest } from './kubernetes-objects.ts';

type Payload = PayloadOf<'webhook.approval.decided'>;

/** What a payload says about a decision. */
export type DecisionMembers = Pick<Payload, 'decision' | 'decision_message'>;

/** Tells the decision. A word outside the contract's list becomes `Unknown` and leads the message. */
export function decisionMembers({ status }: RemediationApprovalRequest): DecisionMembers {
  const { decision: word = '', decisionMessage = '' } = status ?? {};
  const decision = decisions.find((known) => known === word);
  const message =
    decision === undefined ? [word, decisionMessage].filter(Boolean).join(': ') : decisionMessage;
  return { decision: decision ?? 'Unknown', decision_message: shortenText(message, messageCharsMax) };
}

/** What {@link reasonNotToRecord} looks at. */
export interface DecisionChange {
  readonly request: RemediationApprovalRequest;
  /** The object before the request; null when the request creates it. */
  readonly previous: RemediationApprovalRequest | null;
  readonly user: AuthenticatedUser;
}

/** Finds why a change of an approval request is no decision of the user; undefined when it is one. */
export function reasonNotToRecord({ request, previous, user }: DecisionChange): string | undefined {
  if (!request.status?.decision) return 'there is no decision yet';
  if (previous?.status?.decision) return 'the request was decided before: a decision is recorded once';
  if (isSystemExpiry(request, user)) return 'the controller let the request expire: no user decided';
  return undefined;
}

const decisions = ['Approved', 'Rejected', 'Expired'] as const satisfies Payload['decision'][];

// A Kubernetes object may be larger than an event; this length stays far below the 256 KiB, however it is escaped.
const messageCharsMax = 16_384;

// Everybody can write `system`; only a program in the cluster can be the controller. A person who writes it has decided.
function isSystemExpiry({ status }: RemediationApprovalRequest, user: AuthenticatedUser): boolean {
  return status?.decision === 'Expired' && status.decidedBy === 'system' && isServiceAccount(user);
}
