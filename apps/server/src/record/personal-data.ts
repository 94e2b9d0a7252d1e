import { type Disclosure, disclosureDigest } from '@audit/integrity';
import { personalDataPaths, personalEnvelopeMembers } from '@audit/schema';
import { disclosureSalt } from './disclosure-salt.ts';

/** An event with digests in place of its personal data, and what they stand for. */
export interface ConcealedEvent {
  readonly concealed: object;
  readonly disclosures: readonly Disclosure[];
}

type Path = readonly string[];

/**
 * Replaces the members that the contract marks `x-pii` by digests of salted disclosures: the object that held them
 * lists the digests under `_sd`, and the event names the algorithm under `_sd_alg`. Events without such members are
 * returned as they are.
 */
export function concealPersonalData(event: { readonly event_type: string }): ConcealedEvent {
  // Most events have none of the members that theirs may have: they are not taken apart.
  const paths = pathsOf(event).filter((path) => leadsSomewhere(path, event));
  if (paths.length === 0) return { concealed: event, disclosures: [] };
  const disclosures: Disclosure[] = [];
  const concealed = conceal(event, paths, '', disclosures);
  return { concealed: { ...(concealed as object), _sd_alg: 'sha-256' }, disclosures };
}

const noPaths: readonly Path[] = [];

function pathsOf(event: { readonly event_type: string }): readonly Path[] {
  const paths = personalDataPaths.get(event.event_type) ?? noPaths;
  const personal = personalEnvelopeMembers.filter(({ when, equals }) => Reflect.get(event, when) === equals);
  return personal.length === 0 ? paths : [...personal.map(({ member }) => [member]), ...paths];
}

function leadsSomewhere(path: Path, value: unknown, from = 0): boolean {
  const head = path[from];
  if (head === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return head === '*' && value.some((item) => leadsSomewhere(path, item, from + 1));
  return Object.hasOwn(value, head) && leadsSomewhere(path, Reflect.get(value, head), from + 1);
}

function conceal(value: unknown, paths: readonly Path[], pointer: string, found: Disclosure[]): unknown {
  if (paths.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return value.map((item, index) => conceal(item, tails(paths, '*'), `${pointer}/${index}`, found));
  }
  return concealMembers(value, paths, pointer, found);
}

function concealMembers(value: object, paths: readonly Path[], pointer: string, found: Disclosure[]): object {
  const digests: string[] = [];
  const kept: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const inner = tails(paths, name);
    const memberPointer = `${pointer}/${name}`;
    if (inner.some((path) => path.length === 0)) {
      const disclosure = writeDisclosure(name, member);
      found.push({ pointer: memberPointer, disclosure });
      digests.push(disclosureDigest(disclosure));
    } else {
      kept.push([name, conceal(member, inner, memberPointer, found)]);
    }
  }
  // Sorted, so that their order says nothing about the members they stand for (RFC 9901, section 4.2.4.1).
  if (digests.length > 0) kept.push(['_sd', digests.sort()]);
  return Object.fromEntries(kept);
}

function tails(paths: readonly Path[], head: string): Path[] {
  return paths.filter((path) => path[0] === head).map((path) => path.slice(1));
}

function writeDisclosure(name: string, value: unknown): string {
  return Buffer.from(JSON.stringify([disclosureSalt(), name, value])).toString('base64url');
}
