import { isAuditError } from '@audit/schema';
import {
  type FileSpool,
  type FileSpoolSettings,
  isDirectoryHeld,
  listSpools,
  openFileSpool,
  openFreeSpool,
  type Spool,
  type SpoolDamage,
} from '@audit/spool';
import type { FastifyBaseLogger } from 'fastify';
import type { IngestLimits } from '../ingest-limits.ts';

/** Options of {@link openServerSpools}. */
export interface ServerSpoolsOptions {
  /** Directory that the processes of one host may share; each takes a numbered directory in it. */
  readonly root: string;
  /** Most bytes that the spool of this process occupies. */
  readonly quotaBytes: number;
  /** What one request can hold: every request must fit. */
  readonly limits: Pick<IngestLimits, 'batchEventsMax' | 'bodyBytesMax'>;
  readonly logger: FastifyBaseLogger;
}

/** The spools a server uses. */
export interface ServerSpools {
  /** Its own. */
  readonly spool: FileSpool;
  readonly quotaBytes: number;
  /** Opens those that dead processes left and that hold something. */
  readonly openLeftOvers: () => Promise<readonly Spool[]>;
}

/**
 * Opens the spool of this process, one with entries before others.
 * @throws {AuditError} `spool_failed` when the directory cannot be used
 */
export function openServerSpools(options: ServerSpoolsOptions): ServerSpools {
  const { root, quotaBytes, limits, logger } = options;
  const onDamage = (damage: SpoolDamage) => logger.error({ damage }, 'the spool was damaged');
  const settings: FileSpoolSettings = { quotaBytes, entryBytesMax: entryBytesMax(limits), onDamage };
  const spool = openFreeSpool({ ...settings, root });
  return {
    spool,
    quotaBytes,
    async openLeftOvers() {
      const others = (await listSpools(root)).filter((directory) => directory !== spool.directory);
      return others.flatMap((directory) => openLeftOver(directory, settings));
    },
  };
}

function openLeftOver(directory: string, settings: FileSpoolSettings): FileSpool[] {
  // Opening waits for a lock that somebody holds, and nothing else happens in this process meanwhile.
  if (isDirectoryHeld(directory)) return [];
  try {
    const spool = openFileSpool({ ...settings, directory });
    if (spool.statistics().entries > 0) return [spool];
    void spool.close();
    return [];
  } catch (error) {
    // Another process has taken it since.
    if (isAuditError(error) && error.code === 'spool_in_use') return [];
    throw error;
  }
}

const addedBytesPerEvent = 2_048;

// JSON written anew can be longer than what came: numbers lose their exponents, ids and defaults are added.
function entryBytesMax({ batchEventsMax, bodyBytesMax }: ServerSpoolsOptions['limits']): number {
  return 2 * bodyBytesMax + batchEventsMax * addedBytesPerEvent;
}
