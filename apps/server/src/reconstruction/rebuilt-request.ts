import { reconstructionSources } from '../generated/reconstruction-sources.ts';
import type { GivingEvent } from './read-giving-events.ts';
import type { ReconstructionSource } from './reconstruction-source.ts';

/** Members of an object that is being rebuilt. */
export type RebuiltMembers = { [name: string]: unknown };

type Path = readonly string[];

/** A RemediationRequest as the events so far tell of it. */
export class RebuiltRequest {
  /** `spec` and `status`, with what was given. */
  readonly members: RebuiltMembers = {};
  /** Types of the events that gave something. */
  readonly types: Set<string> = new Set();
  /** Dotted paths of members whose value was erased. */
  readonly erased: Set<string> = new Set();

  /** Takes what an event gives; it replaces what the one before it gave. */
  add(given: GivingEvent): void {
    this.types.add(given.type);
    for (const source of reconstructionSources.get(given.type) ?? []) this.#take(source, given);
  }

  /** The value at a path; undefined when nothing gave it. */
  get(path: Path): unknown {
    return valueAt(this.members, path);
  }

  #take(source: ReconstructionSource, given: GivingEvent): void {
    const value = 'value' in source ? source.value : this.#given(source, given);
    put(this.members, source.target, value);
  }

  #given({ target, members, renamed }: GivenMember, { event, erased }: GivingEvent): unknown {
    const found = members.find((path) => isThere(valueAt(event, path)));
    const isErased = found !== undefined && erased.has(`/${found.join('/')}`);
    if (isErased) this.erased.add(target.join('.'));
    else this.erased.delete(target.join('.'));
    if (found === undefined || isErased) return undefined;
    const value = valueAt(event, found);
    return typeof value === 'string' && Object.hasOwn(renamed, value) ? renamed[value] : value;
  }
}

type GivenMember = Exclude<ReconstructionSource, { value: string }>;

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function valueAt(owner: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined),
    owner,
  );
}

function put(owner: RebuiltMembers, [name = '', ...rest]: Path, value: unknown): void {
  if (rest.length === 0) {
    if (value === undefined) delete owner[name];
    else owner[name] = value;
    return;
  }
  // No target of the table lies below another one: what is there was made here.
  const inner = (owner[name] ?? {}) as RebuiltMembers;
  put(inner, rest, value);
  if (Object.keys(inner).length > 0) owner[name] = inner;
  else delete owner[name];
}
