import { AuditError } from './audit-error.ts';
import type { EventIssue } from './event-issue.ts';

/** An event breaks the contract; `code` is `invalid_event`. */
export class InvalidEventError extends AuditError {
  override readonly name = 'InvalidEventError';
  readonly issues: readonly EventIssue[];

  constructor(issues: readonly EventIssue[]) {
    const lines = issues.map((issue) => `- ${issue.message}`);
    super(['the event breaks the contract, correct these members:', ...lines].join('\n'), {
      code: 'invalid_event',
    });
    this.issues = issues;
  }
}
