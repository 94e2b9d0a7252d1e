import { AuditError, isAuditError } from '@audit/schema';
import {
  adoptSpools,
  createMemorySpool,
  type FileSpool,
  openFreeSpool,
  type Spool,
  type SpoolDamage,
  type SpoolReceiver,
} from '@audit/spool';
import { callListener, warn } from './call-listener.ts';
import type { AuditClientOptions, DeliveryOptions } from './client-options.ts';
import { systemClock } from './clock.ts';
import { defaultSpoolRoot } from './default-spool-root.ts';
import { describeThrown } from './describe-thrown.ts';
import { resolveSpoolChoice } from './resolve-options.ts';

/** The spool of a client, and what is done with it beside delivery. */
export interface ClientSpool {
  readonly spool: Spool;
  /** Whether the disk has to confirm every event. */
  readonly isSynced: boolean;
  /** The spools beside this one; undefined when the client did not choose the place. */
  readonly neighbours?: {
    /** Moves what those hold that belong to no process. */
    readonly adopt: (into: SpoolReceiver) => Promise<number>;
    readonly occupiedBytesMax: number;
  };
}

/**
 * Opens the spool that the options ask for.
 * @throws {AuditError} `invalid_configuration` when an option has a value that cannot work; `spool_failed` when the
 *   directory cannot be used
 */
export function openSpool(options: AuditClientOptions): ClientSpool {
  const { durability, quotaBytes } = resolveSpoolChoice(options);
  const isSynced = durability === 'disk';
  if (options.spool !== undefined) return { spool: options.spool, isSynced };
  const { clock = systemClock } = options;
  const now = () => clock.now();
  if (durability !== 'memory') return { isSynced, ...openOnDisk(options, quotaBytes, now) };
  const spool = createMemorySpool({ bytesMax: quotaBytes, entriesMax: Number.MAX_SAFE_INTEGER, now });
  return { spool, isSynced };
}

type Neighbours = Required<Pick<ClientSpool, 'spool' | 'neighbours'>>;

function openOnDisk(options: AuditClientOptions, quotaBytes: number, now: () => number): Neighbours {
  const root = rootOf(options);
  const onDamage = damageListener(options);
  const spool = openIn(root, { quotaBytes, now, onDamage });
  const adopt = (into: SpoolReceiver) => adoptSpools({ root, into, except: [spool.directory], onDamage });
  // Half of the room stays for what this process emits.
  return { spool, neighbours: { adopt, occupiedBytesMax: quotaBytes / 2 } };
}

function rootOf({ spoolRoot, url }: AuditClientOptions): string {
  if (spoolRoot !== undefined) return spoolRoot;
  try {
    return defaultSpoolRoot(url);
  } catch (cause) {
    throw cannotOpen('the default directory of the user', cause);
  }
}

interface FileSettings {
  readonly quotaBytes: number;
  readonly now: () => number;
  readonly onDamage: (damage: SpoolDamage) => void;
}

function openIn(root: string, settings: FileSettings): FileSpool {
  try {
    return openFreeSpool({ root, ...settings });
  } catch (cause) {
    throw cannotOpen(root, cause);
  }
}

function cannotOpen(directory: string, cause: unknown): AuditError {
  const what = isAuditError(cause) ? cause.message : describeThrown(cause);
  return new AuditError(
    `audit client: no spool can be opened in ${directory}: ${what}; choose a directory that can be ` +
      "written with the option spoolRoot or the variable AUDIT_SPOOL_ROOT, or durability 'memory'",
    { code: 'spool_failed', cause },
  );
}

function damageListener({ onDamage }: DeliveryOptions): (damage: SpoolDamage) => void {
  if (onDamage !== undefined) return (damage) => callListener('onDamage', () => onDamage(damage));
  return ({ entries, path }) => {
    if (entries > 0) warn(`the disk has destroyed ${entries} audit events in ${path}`);
  };
}
