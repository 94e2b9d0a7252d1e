import type { TextOutput } from '../command-context.ts';
import { formatCount } from './quantities.ts';

/** Shows how far long work is. */
export interface Progress {
  show(done: number): void;
  /** Removes what is shown. */
  end(): void;
}

const barChars = 30;

/** Creates a progress bar on a terminal, or a count when no total is known; elsewhere nothing is written. */
export function createProgress(output: TextOutput, total: number | undefined, what: string): Progress {
  if (!output.isTerminal || total === 0) return { show: () => {}, end: () => {} };
  return {
    show(done) {
      if (total === undefined) {
        output.write(`\r\u001b[K${formatCount(done)} ${what}`);
        return;
      }
      const filled = Math.round((Math.min(done, total) / total) * barChars);
      const bar = '█'.repeat(filled).padEnd(barChars, '░');
      output.write(`\r\u001b[K${bar} ${formatCount(done)} of ${formatCount(total)} ${what}`);
    },
    end: () => output.write('\r\u001b[K'),
  };
}
