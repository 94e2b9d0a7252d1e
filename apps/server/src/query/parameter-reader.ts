import { type EventIssue, eventIssue } from '@audit/schema';
import { readCursor } from './cursor.ts';
import { parseTime, timeForms } from './parse-time.ts';
import type { QueryOrder } from './record-query.ts';

const uuidForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Reads query parameters one by one and collects every fault. */
export class ParameterReader {
  readonly issues: EventIssue[] = [];
  readonly #parameters: URLSearchParams;

  /** @param known names that may be given */
  constructor(parameters: URLSearchParams, known: ReadonlySet<string>) {
    this.#parameters = parameters;
    for (const name of new Set(parameters.keys())) {
      if (!known.has(name)) this.#fault(name, 'no such parameter', 'unknown_member');
      else if (parameters.getAll(name).length > 1) this.#fault(name, 'the parameter once', 'wrong_value');
    }
  }

  text(name: string, charactersMax: number): string | undefined {
    const value = this.#parameters.get(name);
    if (value === null) return undefined;
    const isStorable = value.isWellFormed() && !value.includes('\u0000');
    if (isStorable && value.length >= 1 && value.length <= charactersMax) return value;
    return this.#fault(name, `1 to ${charactersMax} characters without NUL`, 'out_of_range');
  }

  /** Letters, digits and underscores. */
  word(name: string, charactersMax: number): string | undefined {
    const value = this.#parameters.get(name);
    if (value === null) return undefined;
    if (/^\w+$/.test(value) && value.length <= charactersMax) return value;
    return this.#fault(name, `1 to ${charactersMax} letters, digits and underscores`, 'wrong_format');
  }

  /** Asks for both parameters when one is given. */
  together(...names: readonly [string, string]): void {
    const missing = names.filter((name) => !this.#parameters.has(name));
    if (missing.length !== 1) return;
    for (const name of missing) this.#fault(name, `${names.join(' and ')}, or neither`, 'missing');
  }

  /** Notes that a parameter, given or not, does not go with the others. */
  refuse(name: string, expected: string): void {
    this.#fault(name, expected, 'out_of_range');
  }

  oneOf<const Value extends string>(name: string, values: readonly Value[]): Value | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    return values.find((value) => value === given) ?? this.#fault(name, values.join(' or '), 'wrong_value');
  }

  integer(name: string, min: number, max: number): number | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    const value = /^(?:\d{1,16}|-[1-9]\d{0,15})$/.test(given) ? Number(given) : Number.NaN;
    if (value >= min && value <= max) return value;
    return this.#fault(name, `an integer from ${min} to ${max}`, 'out_of_range');
  }

  uuid(name: string): string | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    if (uuidForm.test(given)) return given.toLowerCase();
    return this.#fault(name, 'a UUID', 'wrong_format');
  }

  time(name: string, now: number): string | undefined {
    const given = this.#parameters.get(name);
    if (given === null) return undefined;
    return parseTime(given, now) ?? this.#fault(name, timeForms, 'wrong_format');
  }

  cursor(order: QueryOrder): number | undefined {
    const given = this.#parameters.get('cursor');
    if (given === null) return undefined;
    return (
      readCursor(given, order) ??
      this.#fault('cursor', `a next_cursor of a page in order ${order}`, 'wrong_format')
    );
  }

  #fault(name: string, expected: string, code: EventIssue['code']): undefined {
    const values = this.#parameters.getAll(name).map((value) => JSON.stringify(value.slice(0, 80)));
    const received = values.join(' and ') || 'nothing';
    this.issues.push(eventIssue({ code, pointer: `/${name}`, expected, received }));
    return undefined;
  }
}
