import { type Disclosure, verifyDisclosure } from './disclosure.ts';
import { type Failure, failureAt } from './report.ts';

/** Verifies the disclosures of a file, each of which stands after the record that it belongs to. */
export class DisclosedRecord {
  /** Disclosures that their records vouch for. */
  count = 0;
  #line: Uint8Array | undefined;
  #copy = new Uint8Array(4096);

  /** Takes a record that disclosures may follow. It is copied: whoever reads the file may use the bytes again. */
  keep(line: Uint8Array): void {
    if (this.#copy.length < line.length) this.#copy = new Uint8Array(2 * line.length);
    this.#copy.set(line);
    this.#line = this.#copy.subarray(0, line.length);
  }

  /** Says that no disclosure can stand here. */
  forget(): void {
    this.#line = undefined;
  }

  /** Takes what a disclosure's line says; undefined when the record vouches for it. */
  take(value: unknown): Failure | undefined {
    const { pointer, disclosure } = (value ?? {}) as Partial<Record<keyof Disclosure, unknown>>;
    if (this.#line === undefined || typeof pointer !== 'string' || typeof disclosure !== 'string') {
      return failureAt('malformed_line', 'no disclosure of this form can stand here');
    }
    const { failure } = verifyDisclosure(this.#line, { pointer, disclosure });
    if (failure === undefined) this.count++;
    return failure;
  }
}
