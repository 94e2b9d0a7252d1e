import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { compileCache } from '@audit/environments';
import { lastCounter } from './ledger.ts';
import { type ProducerReport, type ProducerSettings, spoolDirectory } from './producer-settings.ts';

/** A producer over all its lives. */
export interface ProducerProcess {
  /** Its spool, when it opens it itself. */
  readonly spoolDirectory: string;
  /** Events it has begun to emit; throws when it has ended by itself. */
  emitted(): number;
  /** Kills it with SIGKILL and waits for that. */
  kill(): Promise<void>;
  /** Starts its next life. */
  restart(): Promise<void>;
  /** Lets it emit what it has left, deliver everything and end. */
  finish(): Promise<ProducerReport>;
  /** Kills it when it still runs. */
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('producer.ts', import.meta.url));

/** Starts a producer. */
export function startProducer(settings: Omit<ProducerSettings, 'life'>): ProducerProcess {
  let life = 1;
  let child = launch({ ...settings, life });
  let isKilled = false;
  const failIfEnded = () => {
    if (!isKilled && hasEnded(child)) throw new Error(endedByItself(settings, child));
  };
  const kill = async () => {
    isKilled = true;
    await endProcess(child, 'SIGKILL');
  };
  return {
    spoolDirectory: spoolDirectory(settings),
    emitted() {
      failIfEnded();
      return lastCounter(settings.ledgerPath) + 1;
    },
    async kill() {
      failIfEnded();
      await kill();
    },
    async restart() {
      life += 1;
      child = launch({ ...settings, life });
      isKilled = false;
    },
    async finish() {
      const printing = text(child.stdout);
      child.stdin.end();
      const printed = await printing;
      await endProcess(child, 0);
      if (child.exitCode !== 0) throw new Error(endedByItself(settings, child));
      // A producer that ends in order prints its report and nothing else.
      return JSON.parse(printed) as ProducerReport;
    },
    end: kill,
  };
}

type PipedChild = ChildProcessByStdio<Writable, Readable, null>;

function launch(settings: ProducerSettings): PipedChild {
  const child = spawn(
    process.execPath,
    [
      '--conditions=@audit/source',
      '--disable-warning=ExperimentalWarning',
      program,
      JSON.stringify(settings),
    ],
    { env: { ...process.env, ...compileCache }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  // A killed producer takes its end of the pipe with it.
  child.stdin.on('error', () => {});
  return child;
}

function hasEnded(child: PipedChild): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function endedByItself({ producer }: { readonly producer: number }, child: PipedChild): string {
  return `producer ${producer} ended by itself with ${child.signalCode ?? `code ${child.exitCode}`}`;
}

// Signal 0 sends nothing: it waits for an end that comes by itself.
async function endProcess(child: PipedChild, signal: NodeJS.Signals | 0): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
