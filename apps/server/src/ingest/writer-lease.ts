import type { Database, HeldLock } from '../store/database.ts';
import type { TreeSigner } from '../tree/tree-signer.ts';
import { readLog } from './log-store.ts';
import type { LogView } from './log-view.ts';
import { openView } from './open-view.ts';

const leaseMsMin = 200;
const idleMsMax = 20;

/** Options of {@link WriterLease}. */
export interface WriterLeaseOptions {
  readonly database: Database;
  readonly logId: string;
  readonly signer: TreeSigner;
}

/**
 * The right to write a log ahead of commits, held by one process at a time, and the view of the log that is valid
 * while it is held. A process under load keeps it until another asks for it. It is for speed and fairness: what is
 * written is checked without it.
 */
export class WriterLease {
  readonly #database: Database;
  readonly #logId: string;
  readonly #signer: TreeSigner;
  #lock: HeldLock | undefined;
  #view: LogView | undefined;
  #freshUntil = 0;
  #inside = 0;
  #idleTimer: NodeJS.Timeout | undefined;

  constructor({ database, logId, signer }: WriterLeaseOptions) {
    this.#database = database;
    this.#logId = logId;
    this.#signer = signer;
  }

  /**
   * Joins the lease, or takes a new one when there is none or another process wants it.
   * @param others end of those inside, for whom a new lease waits
   */
  async enter(others: Promise<unknown>): Promise<LogView> {
    this.#inside += 1;
    clearTimeout(this.#idleTimer);
    if (this.#view === undefined || !(await this.#mayStay())) await this.#renew(others);
    this.#view ??= await openView(await readLog(this.#database, this.#logId), this.#signer);
    return this.#view;
  }

  /** Leaves the lease, once for every time it was entered. It is given back when nobody enters for a moment. */
  leave(): void {
    this.#inside -= 1;
    if (this.#inside === 0) this.#idleTimer = setTimeout(() => this.#giveBack(), idleMsMax).unref();
  }

  /** Gives the lease back at once. */
  end(): void {
    clearTimeout(this.#idleTimer);
    this.#giveBack();
  }

  /** Makes the next one in read where the log ends. */
  distrustView(): void {
    this.#view = undefined;
  }

  async #mayStay(): Promise<boolean> {
    if (this.#lock === undefined) return false;
    if (performance.now() < this.#freshUntil) return true;
    if (await isLostOrWanted(this.#lock)) return false;
    this.#freshUntil = performance.now() + leaseMsMin;
    return true;
  }

  async #renew(others: Promise<unknown>): Promise<void> {
    await others;
    this.#giveBack();
    this.#lock = await this.#database.acquireLock(`audit.log:${this.#logId}`);
    this.#freshUntil = performance.now() + leaseMsMin;
    const end = await readLog(this.#database, this.#logId);
    const known = this.#view?.end;
    if (known?.size === end.size && known.lastEventHash === end.lastEventHash) return;
    this.#view = await openView(end, this.#signer);
  }

  #giveBack(): void {
    this.#lock?.release();
    this.#lock = undefined;
  }
}

// The lock ends with its connection: one that cannot be asked is held no longer.
function isLostOrWanted(lock: HeldLock): Promise<boolean> {
  return lock.isWanted().catch(() => true);
}
