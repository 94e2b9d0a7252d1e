import { SettingError } from './setting-error.ts';
import { EvidenceError } from './tree/evidence-error.ts';

const settingExitCode = 2;
const evidenceExitCode = 3;
const cannotReachExitCode = 4;

/** The code that the process ends with when this keeps it from starting. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof SettingError) return settingExitCode;
  return error instanceof EvidenceError ? evidenceExitCode : cannotReachExitCode;
}
