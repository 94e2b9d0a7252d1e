import { comparePayloads } from './compare-payloads.ts';
import type { ChangedFact, ChangedStep, TrailComparison } from './comparison.ts';
import { explainTrail } from './explain-trail.ts';
import type { Explanation, Fact, StageName } from './explanation.ts';
import { stepKeys } from './step-keys.ts';
import type { Trail, TrailStep } from './trail.ts';

/**
 * Tells what differs between two remediations. Steps are the same when they are of one type and about one thing (the same
 * phase change, channel, tool, attempt) and come up as often.
 */
export function compareTrails(first: Trail, second: Trail): TrailComparison {
  const [keysOfFirst, keysOfSecond] = [stepKeys(first.steps), stepKeys(second.steps)];
  const inFirst = new Map(first.steps.map((step, place) => [keysOfFirst[place], step]));
  const inSecond = new Map(second.steps.map((step, place) => [keysOfSecond[place], step]));
  const names: Names = { first: first.correlationId, second: second.correlationId };
  const pairs = [...inFirst].flatMap(([key, step]): [TrailStep, TrailStep][] => {
    const other = inSecond.get(key);
    return other === undefined ? [] : [[step, other]];
  });
  return {
    outcome: { first: first.outcome.status, second: second.outcome.status },
    durationMs: { first: first.durationMs, second: second.durationMs },
    onlyInFirst: [...inFirst].filter(([key]) => !inSecond.has(key)).map(([, step]) => step),
    onlyInSecond: [...inSecond].filter(([key]) => !inFirst.has(key)).map(([, step]) => step),
    changed: pairs.flatMap(([one, other]) => compareSteps(one, other, names)),
    shared: pairs.length,
    decisions: compareDecisions(explainTrail(first), explainTrail(second), names),
  };
}

/** What each of two remediations is called: a name made from it is no difference. */
interface Names {
  readonly first: string;
  readonly second: string;
}

// Clocks and queues make every run a little different.
const durationRatioMin = 1.5;
const durationMsMin = 1_000;

function compareSteps(first: TrailStep, second: TrailStep, names: Names): readonly ChangedStep[] {
  const members = comparePayloads(first.event.event_data, second.event.event_data, names);
  const isOtherOutcome = first.outcome !== second.outcome;
  const isOtherDuration = differsMuch(first.durationMs, second.durationMs);
  if (!isOtherOutcome && !isOtherDuration && members.every(({ kind }) => kind !== 'value')) return [];
  return [
    {
      first,
      second,
      ...(isOtherOutcome && { outcome: { first: first.outcome, second: second.outcome } }),
      ...(isOtherDuration && { durationMs: { first: first.durationMs, second: second.durationMs } }),
      members,
    },
  ];
}

function differsMuch(first: number | undefined, second: number | undefined): boolean {
  if (first === undefined || second === undefined) return first !== second;
  const [less, more] = [Math.min(first, second), Math.max(first, second)];
  return more - less >= durationMsMin && more >= less * durationRatioMin;
}

function compareDecisions(first: Explanation, second: Explanation, names: Names): readonly ChangedFact[] {
  return first.stages.flatMap(({ name, facts }) => {
    const others = second.stages.find((stage) => stage.name === name)?.facts ?? [];
    return compareFacts(name, { first: facts, second: others }, names);
  });
}

function compareFacts(
  stage: StageName,
  facts: { readonly first: readonly Fact[]; readonly second: readonly Fact[] },
  names: Names,
): readonly ChangedFact[] {
  const labels = new Map([...facts.second, ...facts.first].map(({ name, label }) => [name, label]));
  return [...labels].flatMap(([name, label]): readonly ChangedFact[] => {
    const first = textsNamed(facts.first, name);
    const second = textsNamed(facts.second, name);
    return sameTexts(first, second, names) ? [] : [{ stage, name, label, first, second }];
  });
}

function textsNamed(facts: readonly Fact[], name: string): readonly string[] {
  return facts.filter((fact) => fact.name === name).map(({ text }) => text);
}

function sameTexts(first: readonly string[], second: readonly string[], names: Names): boolean {
  const anonymous = first.map((text) => withoutName(text, names.first));
  const others = second.map((text) => withoutName(text, names.second));
  return anonymous.join('\n') === others.join('\n');
}

function withoutName(text: string, name: string): string {
  return name === '' ? text : text.replaceAll(name, '{name}');
}
