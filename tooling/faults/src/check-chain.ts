import type { Findings } from './findings.ts';
import type { StoredRecord } from './stored-records.ts';

/** Checks records in their order: dense sequence, hash of every record, one unbroken chain for each correlation. */
export class ChainCheck {
  readonly #findings: Findings;
  readonly #heads = new Map<string, string>();
  #next = 0;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  add({ sequence, eventHash, computedHash, correlationId, members }: StoredRecord): void {
    const head = this.#heads.get(correlationId) ?? '';
    if (sequence !== this.#next)
      this.#findings.add('gap in the sequence', `${sequence} instead of ${this.#next}`);
    if (members.sequence !== sequence) this.#findings.add('record with another sequence', String(sequence));
    if (eventHash !== computedHash) this.#findings.add('record that its hash does not fit', String(sequence));
    if (members.previous_event_hash !== head) this.#findings.add('broken chain', String(sequence));
    this.#heads.set(correlationId, computedHash);
    this.#next = sequence + 1;
  }
}
