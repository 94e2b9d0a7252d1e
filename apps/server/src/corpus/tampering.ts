import type { CourierFiles } from './courier-files.ts';
import type { Findings } from './examine.ts';
import type { SampleLog } from './sample-log.ts';

/** Something that somebody who owns the database does to a log behind the server's back, and what has to find it. */
export interface StoreTampering {
  /** What he does. */
  readonly name: string;
  /** Statements that no trigger stops, or whatever else he does. */
  readonly does: readonly string[] | ((log: SampleLog) => Promise<unknown>);
  /** Who finds it, with the code and the first bad position where he can know it; all others find nothing. */
  readonly found: Findings;
}

/** Something that a courier does to a file on its way from the server to whoever verifies it. */
export interface FileTampering {
  /** What he does. */
  readonly name: string;
  readonly does: (text: string, files: CourierFiles) => string | Promise<string>;
  /** What verifying it finds, with the first bad position where it can be known. */
  readonly found: string;
}
