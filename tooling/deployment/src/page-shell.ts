import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command of the page did. */
export interface CommandResult {
  readonly exitCode: number;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
}

/** A shell into which the page's commands are typed, one after another, as its reader does. */
export class PageShell {
  readonly #bash: ChildProcess;
  #output = '';
  #wake: () => void = () => {};

  constructor(directory: string, environment: Readonly<Record<string, string>>) {
    this.#bash = spawn('bash', ['--norc', '-s'], { cwd: directory, env: environment });
    for (const stream of [this.#bash.stdout, this.#bash.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
        this.#wake();
      });
    }
    this.#bash.once('exit', () => this.#wake());
  }

  /** Types a command and waits until it has ended; one that ends with `&` goes on in the background. */
  async run(command: string): Promise<CommandResult> {
    this.#output = '';
    // What it starts must not read what is typed after it.
    this.#bash.stdin?.write(`{ ${command}\n} </dev/null\necho "[ended with $?]"\n`);
    for (;;) {
      const ended = /\[ended with (\d+)\]\n/.exec(this.#output);
      if (ended !== null) return { exitCode: Number(ended[1]), output: this.#output.replace(ended[0], '') };
      if (this.#bash.exitCode !== null) throw new Error(`the shell ended in: ${command}\n${this.#output}`);
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Ends what runs in the background, then the shell. */
  async close(): Promise<void> {
    if (this.#bash.exitCode !== null) return;
    const ended = once(this.#bash, 'exit');
    // A job that is a function of the shell is a group of two, of which the shell's own half would end alone.
    this.#bash.stdin?.end('for job in $(jobs -p); do kill -- "-$job"; done; wait\n');
    await ended;
  }
}
