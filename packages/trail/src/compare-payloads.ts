import type { ChangedMember } from './comparison.ts';
import { type BothNames, sameButForNames } from './run-names.ts';
import { timeOf } from './seen.ts';
import { sortedJson } from './sorted-json.ts';

/** Compares two payloads member by member; the names of the runs inside texts are no difference. */
export function comparePayloads(first: unknown, second: unknown, names: BothNames): readonly ChangedMember[] {
  return compareValues({ pointer: '', first, second }, names, depthMax);
}

// Payloads are at most ten levels deep; what is deeper is compared as one value.
const depthMax = 12;

interface Values {
  readonly pointer: string;
  readonly first: unknown;
  readonly second: unknown;
}

function compareValues(
  { pointer, first, second }: Values,
  names: BothNames,
  depthLeft: number,
): readonly ChangedMember[] {
  if (isObject(first) && isObject(second) && depthLeft > 0) {
    const [members, others] = [toMap(first), toMap(second)];
    const all = new Set([...members.keys(), ...others.keys()]);
    return [...all].flatMap((name) => {
      const values = { first: members.get(name), second: others.get(name) };
      return compareValues({ pointer: `${pointer}/${escapeToken(name)}`, ...values }, names, depthLeft - 1);
    });
  }
  if (isSame(first, second, names)) return [];
  return [{ pointer, kind: kindOf(pointer, first, second), first, second }];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function toMap(value: object): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(value));
}

// RFC 6901, section 3.
function escapeToken(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function isSame(first: unknown, second: unknown, names: BothNames): boolean {
  if (typeof first === 'string' && typeof second === 'string') return sameButForNames(first, second, names);
  return sortedJson(first) === sortedJson(second);
}

function kindOf(pointer: string, first: unknown, second: unknown): ChangedMember['kind'] {
  if (isTime(first) && isTime(second)) return 'time';
  const name = pointer.slice(pointer.lastIndexOf('/') + 1);
  if (identityMembers.has(name)) return 'identity';
  return measurePattern.test(name) ? 'measure' : 'value';
}

// Lengths of texts and times that were taken.
const measurePattern = /_ms$|_length$|^tokens_used$|^duration$/;

const timePattern = /^\d{4}-\d{2}-\d{2}T/;

function isTime(value: unknown): boolean {
  return typeof value === 'string' && timePattern.test(value) && timeOf(value) !== undefined;
}

// Members of the contract that name one run, signal or object and say nothing of how it went.
const identityMembers: ReadonlySet<string> = new Set([
  'event_id',
  'fingerprint',
  'incident_id',
  'notification_id',
  'notification_name',
  'pipelinerun_name',
  'rr_name',
  'user_uid',
]);
