import type { EventType } from '@audit/schema';
import type { Fact, Stage, StageName } from '../explanation.ts';
import { payloadOf, type SeenPayload, textOf } from '../seen.ts';
import { sortedJson } from '../sorted-json.ts';
import type { Trail, TrailStep } from '../trail.ts';

/** The steps of these types, in order. */
export function stepsOf(trail: Trail, ...types: readonly EventType[]): readonly TrailStep[] {
  const byType = stepsByType(trail);
  return types.flatMap((type) => byType.get(type) ?? []).toSorted((a, b) => a.index - b.index);
}

// Stages ask for one type after another: looking at every step each time is slow in long trails.
const indexes = new WeakMap<Trail, ReadonlyMap<string, readonly TrailStep[]>>();

function stepsByType(trail: Trail): ReadonlyMap<string, readonly TrailStep[]> {
  const known = indexes.get(trail);
  if (known !== undefined) return known;
  const index = Map.groupBy(trail.steps, ({ type }) => type);
  indexes.set(trail, index);
  return index;
}

/** Reads facts from every step of a type; a text that is not there makes none. */
export function factsOf<Type extends EventType>(
  trail: Trail,
  type: Type,
  read: (payload: SeenPayload<Type>, step: TrailStep) => readonly FactEntry[],
): readonly Fact[] {
  return stepsOf(trail, type).flatMap((step) => {
    const payload = payloadOf(step.event, type);
    return payload === undefined ? [] : read(payload, step).flatMap((entry) => toFact(entry, step));
  });
}

/** Name, label and value of a fact. */
export type FactEntry = readonly [name: string, label: string, value: unknown];

function toFact([name, label, value]: FactEntry, { index }: TrailStep): readonly Fact[] {
  const text = factText(value);
  return text === undefined ? [] : [{ name, label, text, step: index }];
}

function factText(value: unknown): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return textOf(value.map(partText).join('; '));
  if (typeof value !== 'object') return String(value);
  return textOf(
    Object.entries(value)
      .map(([name, member]) => `${name}=${partText(member)}`)
      .join(', '),
  );
}

function partText(value: unknown): string {
  return typeof value === 'string' ? value : sortedJson(value);
}

/** The facts that say the same once: of equal ones the first stays. */
export function withoutRepeats(facts: readonly Fact[]): readonly Fact[] {
  const seen = new Set<string>();
  return facts.filter(({ name, text }) => {
    const key = `${name}\n${text}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Text of the first fact of a name. */
export function factNamed(facts: readonly Fact[], name: string): string | undefined {
  return facts.find((fact) => fact.name === name)?.text;
}

/** A stage that no event tells of. */
export function absentStage(name: StageName, title: string, summary: string): Stage {
  return { name, title, state: 'absent', summary, facts: [], steps: [] };
}

/** Places of steps and facts, in order, each once. */
export function placesOf(steps: readonly TrailStep[], facts: readonly Fact[]): readonly number[] {
  const places = new Set([...steps.map(({ index }) => index), ...facts.map(({ step }) => step)]);
  return [...places].toSorted((a, b) => a - b);
}
