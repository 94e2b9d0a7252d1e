import type { z } from 'zod';
import type { EventIssue } from './event-issue.ts';
import {
  zChainVerificationRequest,
  zLegalHoldReleaseRequest,
  zLegalHoldRequest,
  zNotificationAuditRequest,
  zPersonalDataErasureRequest,
} from './generated/validators.ts';
import { schemaIssues } from './schema-issues.ts';
import { structureIssues } from './structure-issues.ts';

const requests = {
  chainVerification: zChainVerificationRequest,
  legalHold: zLegalHoldRequest,
  legalHoldRelease: zLegalHoldReleaseRequest,
  notificationAudit: zNotificationAuditRequest,
  personalDataErasure: zPersonalDataErasureRequest,
};

/** Bodies of the contract that are not events. */
export type RequestName = keyof typeof requests;

/** Body of one kind of request. */
export type RequestOf<Name extends RequestName> = z.output<(typeof requests)[Name]>;

/** Outcome of {@link safeParseRequest}: the body itself, or every fault found. */
export type ParseRequestResult<Name extends RequestName> =
  | { readonly success: true; readonly body: RequestOf<Name> }
  | { readonly success: false; readonly issues: readonly EventIssue[] };

/**
 * Checks the body of a request against the contract and reports every fault, text that cannot be stored included.
 * @param value a JSON value, such as `JSON.parse` returns
 */
export function safeParseRequest<Name extends RequestName>(
  name: Name,
  value: unknown,
): ParseRequestResult<Name> {
  const parsed = requests[name].safeParse(value);
  const isObject = typeof value === 'object' && value !== null;
  const issues = [
    ...(parsed.success ? [] : schemaIssues(parsed.error, value)),
    ...(isObject ? structureIssues(value) : []),
  ];
  // No issue means that the value has passed the schema of this very name.
  return issues.length === 0 ? { success: true, body: value as RequestOf<Name> } : { success: false, issues };
}
