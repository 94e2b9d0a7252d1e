import { setTimeout as sleep } from 'node:timers/promises';

/** What is killed. */
export type KillKind = 'producer' | 'server' | 'postgresql';

/** A process that can be killed and started again. */
export interface Victim {
  readonly kind: KillKind;
  /** Whether it runs; while it starts again it does not. */
  readonly isUp: boolean;
  /** Kills it, and starts it again when `rest` has resolved. Resolves itself when it is dead. */
  kill(rest: () => Promise<void>): Promise<void>;
  /** Resolves when it runs again; rejects when it does not start. */
  up(): Promise<void>;
  /** How often it ended although nobody killed it. */
  readonly ownEnds: number;
  /** Looks whether it ended by itself, and starts it again if so. */
  look(): void;
}

/** Options of {@link createVictim}. */
export interface VictimOptions {
  readonly kind: KillKind;
  readonly kill: () => Promise<void>;
  /** Whether its process is there; default always. */
  readonly isAlive?: () => boolean;
  /** Starts it again; tried again while it fails. */
  readonly restart: () => Promise<void>;
  /** Called between death and restart; default nothing. */
  readonly whileDead?: () => Promise<void>;
}

const restartTimeoutMs = 60_000;
const restartPauseMs = 100;

/** Makes a process killable. */
export function createVictim({ kind, kill, isAlive, restart, whileDead }: VictimOptions): Victim {
  let isUp = true;
  let ownEnds = 0;
  let starting = Promise.resolve();
  const revive = async (rest: () => Promise<void>) => {
    await rest();
    await whileDead?.();
    await untilItSucceeds(restart);
    isUp = true;
  };
  const startAgain = (rest: () => Promise<void>) => {
    starting = revive(rest);
    // Reported by `up`, which everything waits for in the end.
    starting.catch(() => {});
  };
  return {
    kind,
    get isUp() {
      return isUp;
    },
    get ownEnds() {
      return ownEnds;
    },
    async kill(rest) {
      isUp = false;
      await kill();
      startAgain(rest);
    },
    up: () => starting,
    look() {
      if (!isUp || isAlive?.() !== false) return;
      isUp = false;
      ownEnds += 1;
      startAgain(async () => {});
    },
  };
}

// A server does not start while its database is away, nor PostgreSQL while its orphaned children run.
async function untilItSucceeds(restart: () => Promise<void>): Promise<void> {
  const endMs = performance.now() + restartTimeoutMs;
  for (;;) {
    try {
      return await restart();
    } catch (error) {
      if (performance.now() > endMs) throw error;
      await sleep(restartPauseMs);
    }
  }
}
