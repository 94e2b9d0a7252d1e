import { resolve } from 'node:path';
import { AuditError } from '@audit/schema';
import type { DamageListener } from './spool-damage.ts';
import { nodeSpoolFiles, type SpoolFiles } from './spool-files.ts';

/** How a file spool behaves, wherever it is. */
export interface FileSpoolSettings {
  /** Most bytes on disk, dead letters and quarantine included; default 536,870,912 (512 MiB). */
  readonly quotaBytes?: number;
  /** Bytes after which a new file begins; default 16,777,216 (16 MiB), at most an eighth of the quota. */
  readonly segmentBytes?: number;
  /** Most bytes of one entry; default 262,144 (256 KiB). */
  readonly entryBytesMax?: number;
  /** Is told of every damage that is found; default nobody. `damagedEntries` counts in any case. */
  readonly onDamage?: DamageListener;
  /** Milliseconds since 1970; default the system's clock. */
  readonly now?: () => number;
  /** The file system; default that of the operating system. For tests. */
  readonly files?: SpoolFiles;
}

/** Options of {@link openFileSpool}. */
export interface FileSpoolOptions extends FileSpoolSettings {
  /** Directory of the spool, for this process alone. It is made when there is none. */
  readonly directory: string;
}

const shareForEveryone = 0.9;

/** The same with every choice made. */
export interface ResolvedFileSpoolOptions {
  readonly directory: string;
  readonly quotaBytes: number;
  /** The part of the quota that entries may use which are not critical. */
  readonly commonQuotaBytes: number;
  readonly segmentBytes: number;
  readonly entryBytesMax: number;
  readonly onDamage: DamageListener | undefined;
  readonly now: () => number;
  readonly files: SpoolFiles;
}

/** Fills in the defaults. */
export function resolveFileSpoolOptions(options: FileSpoolOptions): ResolvedFileSpoolOptions {
  const quotaBytes = positive('quotaBytes', options.quotaBytes ?? 536_870_912);
  const segmentBytes = positive('segmentBytes', options.segmentBytes ?? 16_777_216);
  return {
    directory: resolve(options.directory),
    quotaBytes,
    commonQuotaBytes: Math.floor(quotaBytes * shareForEveryone),
    segmentBytes: Math.min(segmentBytes, Math.floor(quotaBytes / 8)),
    entryBytesMax: positive('entryBytesMax', options.entryBytesMax ?? 262_144),
    onDamage: options.onDamage,
    now: options.now ?? Date.now,
    files: options.files ?? nodeSpoolFiles,
  };
}

function positive(name: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new AuditError(`${name}: expected a positive whole number, received ${value}`, {
    code: 'invalid_configuration',
  });
}
