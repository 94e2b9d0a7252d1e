/** Where progress is shown: a terminal is rewritten in place, anything else gets a plain line now and then. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how many of a known number of remediations were played. */
export interface Progress {
  show(done: number): void;
  /** Leaves the line, so that other output can follow. */
  end(): void;
}

/** Creates a progress display; off a terminal it writes about ten lines however many steps there are. */
export function createProgress(output: ProgressOutput, total: number): Progress {
  const lineOf = (done: number) => `played ${done} of ${total} remediations`;
  return output.isTTY ? createRewrittenLine(output, lineOf) : createPlainLines(output, { total, lineOf });
}

function createRewrittenLine(output: ProgressOutput, lineOf: (done: number) => string): Progress {
  let isShown = false;
  return {
    show: (done) => {
      output.write(`\r${lineOf(done)}`);
      isShown = true;
    },
    end: () => {
      if (isShown) output.write('\n');
    },
  };
}

interface PlainLines {
  readonly total: number;
  readonly lineOf: (done: number) => string;
}

function createPlainLines(output: ProgressOutput, { total, lineOf }: PlainLines): Progress {
  let tenthsShown = 0;
  return {
    show: (done) => {
      const tenths = Math.trunc((done * 10) / total);
      if (tenths > tenthsShown) output.write(`${lineOf(done)}\n`);
      tenthsShown = tenths;
    },
    end: () => undefined,
  };
}
