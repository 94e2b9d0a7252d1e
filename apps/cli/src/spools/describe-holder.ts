import type { SpoolInspection } from '@audit/spool';

/** Names who holds a spool. */
export function describeHolder({ isHeld, ownerPid }: SpoolInspection): string {
  if (!isHeld) return 'nobody';
  return ownerPid === undefined ? 'a process' : `process ${ownerPid}`;
}
