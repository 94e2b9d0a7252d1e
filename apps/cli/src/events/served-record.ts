import type { AuditRecord } from '@audit/schema';
import { safeParseMembers } from '../safe-parse-members.ts';

/** A record as it came: its text, and what a person recognises it by. */
export interface ServedRecord {
  /** JSON as the server wrote it. */
  readonly text: string;
  readonly members: SeenRecord;
}

/** The members of a record as they came: any of them can be missing or of another kind. */
export type SeenRecord = { readonly [Name in keyof AuditRecord]?: unknown };

/** Reads a record that the server wrote; one without members from a text that is no JSON object. */
export function readServedRecord(text: string): ServedRecord {
  return { text, members: safeParseMembers(text) };
}

/** The text of a member, or of a number; empty when it is neither. */
export function memberText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
