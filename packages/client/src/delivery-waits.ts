/** A caller that waits until events have left the spool. */
interface Wait {
  /** The wait is over when every entry before this sequence has left the spool. */
  readonly untilSequence: number;
  /** Whether a failed attempt ends the wait too. */
  readonly endsOnFailure: boolean;
}

/** The callers of `flush` and `close` that still wait for delivery. */
export class DeliveryWaits {
  readonly #ends = new Map<Wait, (delivered: boolean) => void>();

  get isEmpty(): boolean {
    return this.#ends.size === 0;
  }

  /** Starts a wait; resolves with whether the events left the spool. */
  add(wait: Wait): Promise<boolean> {
    return new Promise((resolve) => this.#ends.set(wait, resolve));
  }

  /** Ends the waits for entries before the oldest that still waits. */
  endDelivered(firstSequence: number): void {
    this.#end((wait) => firstSequence >= wait.untilSequence, true);
  }

  /** Ends the waits that do not outlast a failed attempt. */
  endFailed(): void {
    this.#end((wait) => wait.endsOnFailure, false);
  }

  /** Ends all waits: nothing will be sent any more. */
  endAll(): void {
    this.#end(() => true, false);
  }

  #end(isOver: (wait: Wait) => boolean, delivered: boolean): void {
    for (const [wait, end] of this.#ends) {
      if (!isOver(wait)) continue;
      this.#ends.delete(wait);
      end(delivered);
    }
  }
}
