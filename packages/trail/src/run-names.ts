import { membersOf, textOf } from './seen.ts';
import type { Trail } from './trail.ts';

/** Names that one run has for itself, each with what it is the name of. */
export type RunNames = ReadonlyMap<string, string>;

/** The names of two runs. */
export interface BothNames {
  readonly first: RunNames;
  readonly second: RunNames;
}

/**
 * The names that differ between two remediations and say nothing of how they went: correlation, fingerprint of the signal,
 * affected resource and its namespace.
 */
export function runNames({ correlationId, steps, subject }: Trail): RunNames {
  const [fingerprint] = steps.flatMap(
    ({ event }) => textOf(membersOf<Signal>(event.event_data).fingerprint) ?? [],
  );
  return new Map(
    [
      [correlationId, 'correlation'] as const,
      [fingerprint ?? '', 'fingerprint'] as const,
      [subject.resource?.split(' ').at(-1) ?? '', 'resource'] as const,
      [subject.namespace ?? '', 'namespace'] as const,
    ].filter(([name]) => name !== ''),
  );
}

interface Signal {
  readonly fingerprint: string;
}

/** Whether two texts are the same, word by word, where each run may have its own name for the same. */
export function sameButForNames(first: string, second: string, names: BothNames): boolean {
  if (first === second) return true;
  const [words, others] = [wordsOf(first, names.first), wordsOf(second, names.second)];
  if (words.length !== others.length) return false;
  return words.every((word, place) => {
    const other = others[place] ?? '';
    const meaning = names.first.get(word);
    return word === other || (meaning !== undefined && meaning === names.second.get(other));
  });
}

// Names are words of their own, with hyphens and all, wherever no letter or digit is beside them.
function wordsOf(text: string, names: RunNames): readonly string[] {
  const own = [...names.keys()].map((name) => `(?<![\\p{L}\\p{N}])${escapePattern(name)}(?![\\p{L}\\p{N}])`);
  return text.match(new RegExp([...own, '[\\p{L}\\p{N}]+', '.'].join('|'), 'gsu')) ?? [];
}

function escapePattern(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
