import { AuditError } from '@audit/schema';
import { type AppendRefusal, createMemorySpool, type MemorySpoolOptions, type Spool } from '@audit/spool';

/** A spool in memory that can be made to fail as a disk does. */
export interface TestSpool extends Spool {
  /** Refuses what is appended with this reason. */
  refusal: AppendRefusal | undefined;
  /** Whether flushes fail. */
  failsToSync: boolean;
  /** Whether it cannot be read. */
  failsToPeek: boolean;
}

/** Creates a spool in memory whose flushes succeed: to its owner it looks like one on disk. */
export function createTestSpool(options: MemorySpoolOptions = {}): TestSpool {
  const spool = createMemorySpool({ entryBytesMax: 16_777_216, ...options });
  return {
    refusal: undefined,
    failsToSync: false,
    failsToPeek: false,
    append(input) {
      return this.refusal === undefined ? spool.append(input) : { status: 'refused', reason: this.refusal };
    },
    async peek(limits) {
      if (this.failsToPeek) throw failure('EIO: i/o error, read');
      return spool.peek(limits);
    },
    acknowledge: (entries) => spool.acknowledge(entries),
    bury: (entry, cause) => spool.bury(entry, cause),
    deadLetters: () => spool.deadLetters(),
    async sync() {
      // A disk takes its time, too: whoever writes without pause must not keep everybody else waiting.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.failsToSync) throw failure('EIO: i/o error, fdatasync');
    },
    statistics: () => spool.statistics(),
    close: () => spool.close(),
  };
}

function failure(message: string): AuditError {
  return new AuditError(message, { code: 'spool_failed' });
}
