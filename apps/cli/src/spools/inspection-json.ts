import type { SpoolInspection } from '@audit/spool';

/** Describes a spool for machines, its damage left out. */
export function inspectionJson(inspection: SpoolInspection): Readonly<Record<string, unknown>> {
  return {
    directory: inspection.directory,
    held: inspection.isHeld,
    owner_pid: inspection.ownerPid ?? null,
    segments: inspection.segments,
    entries: inspection.entries,
    bytes: inspection.bytes,
    oldest_appended_at: inspection.oldestAppendedAt ?? null,
    dead_letters: inspection.deadLetters,
    quarantine_bytes: inspection.quarantineBytes,
  };
}
