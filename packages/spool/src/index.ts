export { adoptSpools } from './adopt-spools.ts';
export { toDeadLetter } from './dead-letter.ts';
export { readDeadLetters, removeDeadLetter } from './dead-letter-tools.ts';
export { openFreeSpool } from './free-spool.ts';
export { inspectSpool } from './inspect-spool.ts';
export { listSpools } from './list-spools.ts';
export { isDirectoryHeld, lockDirectory } from './lock-directory.ts';
export { createMemorySpool } from './memory-spool.ts';
export { openFileSpool } from './open-file-spool.ts';
export { nodeSpoolFiles } from './spool-files.ts';

export type { AdoptSpoolsOptions, SpoolReceiver } from './adopt-spools.ts';
export type { DeadLetterRemoval } from './dead-letter-tools.ts';
export type { FileSpool } from './file-spool.ts';
export type { FileSpoolOptions, FileSpoolSettings } from './file-spool-options.ts';
export type { FreeSpoolOptions } from './free-spool.ts';
export type { InspectSpoolOptions, SpoolInspection } from './inspect-spool.ts';
export type { DirectoryLock } from './lock-directory.ts';
export type { MemorySpoolOptions } from './memory-spool.ts';
export type {
  AppendOutcome,
  AppendRefusal,
  DeadLetter,
  DeathCause,
  PeekLimits,
  Spool,
  SpoolEntry,
  SpoolInput,
  SpoolStatistics,
} from './spool.ts';
export type { DamagedRange, DamageListener, SpoolDamage, SpoolDamageKind } from './spool-damage.ts';
export type { SpoolFiles } from './spool-files.ts';
