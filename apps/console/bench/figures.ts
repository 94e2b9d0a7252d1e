import type { Browser } from 'playwright-core';

/** Where something is measured. */
export interface MeasuredConsole {
  readonly browser: Browser;
  /** Address of a server with what is to be measured in its log. */
  readonly url: string;
  /** Milliseconds that each request takes longer than it would; 0 for none. */
  readonly latencyMs: number;
}

/** Figures by name; one for each trial. */
export type Figures = Readonly<Record<string, readonly number[]>>;

/** Looks at a console and takes figures of it. */
export type Measurement = (console: MeasuredConsole) => Promise<Figures>;
