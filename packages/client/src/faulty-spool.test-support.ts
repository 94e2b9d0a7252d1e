import { AuditError } from '@audit/schema';
import type { Spool } from '@audit/spool';

/** A spool whose methods a test replaces. */
export function spoolWith(spool: Spool, replaced: Partial<Spool>): Spool {
  return {
    append: (input) => spool.append(input),
    peek: (limits) => spool.peek(limits),
    acknowledge: (entries) => spool.acknowledge(entries),
    bury: (entry, cause) => spool.bury(entry, cause),
    deadLetters: () => spool.deadLetters(),
    sync: () => spool.sync(),
    statistics: () => spool.statistics(),
    close: () => spool.close(),
    ...replaced,
  };
}

/** What a spool says when the disk fails. */
export function diskError(message: string): AuditError {
  return new AuditError(message, { code: 'spool_failed' });
}
