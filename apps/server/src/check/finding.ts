import { exitCodeOf } from '../exit-codes.ts';

/** What a check found. */
export interface Finding {
  /** What was looked at. */
  readonly check: string;
  /** `note`: the server starts, and somebody should know. */
  readonly outcome: 'ok' | 'note' | 'failed';
  readonly detail: string;
  /** Code that the server would end with; 0 unless it failed. */
  readonly exitCode: number;
}

/** Says that something is as it must be. */
export function ok(check: string, detail: string): Finding {
  return { check, outcome: 'ok', detail, exitCode: 0 };
}

/** Says something that does not keep the server from starting. */
export function note(check: string, detail: string): Finding {
  return { check, outcome: 'note', detail, exitCode: 0 };
}

/** Looks, and makes a finding of the error that comes of it. */
export async function looking(
  check: string,
  look: () => Promise<readonly Finding[]>,
): Promise<readonly Finding[]> {
  try {
    return await look();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return [{ check, outcome: 'failed', detail, exitCode: exitCodeOf(error) }];
  }
}
