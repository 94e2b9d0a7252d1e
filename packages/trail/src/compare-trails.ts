import { comparePayloads } from './compare-payloads.ts';
import type { ChangedFact, ChangedStep, TrailComparison } from './comparison.ts';
import { explainTrail } from './explain-trail.ts';
import type { Explanation, Fact, StageName } from './explanation.ts';
import { type BothNames, runNames, sameButForNames } from './run-names.ts';
import { stepKeys } from './step-keys.ts';
import type { Trail, TrailStep } from './trail.ts';

/**
 * Tells what differs between two remediations. Steps are the same when they are of one type and about one thing (the same
 * phase change, channel, tool) and come up as often. What the runs call themselves and their resource is no difference.
 */
export function compareTrails(first: Trail, second: Trail): TrailComparison {
  const [keysOfFirst, keysOfSecond] = [stepKeys(first.steps), stepKeys(second.steps)];
  const inFirst = new Map(first.steps.map((step, place) => [keysOfFirst[place], step]));
  const inSecond = new Map(second.steps.map((step, place) => [keysOfSecond[place], step]));
  const names: BothNames = { first: runNames(first), second: runNames(second) };
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

// Clocks and queues make every run a little different.
const durationRatioMin = 1.5;
const durationMsMin = 1_000;

function compareSteps(first: TrailStep, second: TrailStep, names: BothNames): readonly ChangedStep[] {
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

function compareDecisions(first: Explanation, second: Explanation, names: BothNames): readonly ChangedFact[] {
  return first.stages.flatMap(({ name, facts }) => {
    const others = second.stages.find((stage) => stage.name === name)?.facts ?? [];
    return compareFacts(name, { first: facts, second: others }, names);
  });
}

function compareFacts(
  stage: StageName,
  facts: { readonly first: readonly Fact[]; readonly second: readonly Fact[] },
  names: BothNames,
): readonly ChangedFact[] {
  const all = [...facts.first, ...facts.second].filter(({ name }) => !passingFacts.has(name));
  return [...Map.groupBy(all, ({ name }) => name)].flatMap(([name, same]): readonly ChangedFact[] => {
    const labels = new Set(same.map(({ label }) => label));
    // Of facts that there are several of, such as tool calls, each has a label of its own.
    const label = labels.size === 1 ? [...labels].join() : name.replaceAll('_', ' ');
    const read = ({ label: own, text }: Fact) => (labels.size === 1 ? text : `${own}: ${text}`);
    const first = facts.first.filter((fact) => fact.name === name).map(read);
    const second = facts.second.filter((fact) => fact.name === name).map(read);
    return sameTexts(first, second, names) ? [] : [{ stage, name, label, first, second }];
  });
}

// Times and measures, which differ between any two.
const passingFacts: ReadonlySet<string> = new Set([
  'required_by',
  'decided_at',
  'tokens',
  'run',
  'run_time',
  'total_time',
]);

function sameTexts(first: readonly string[], second: readonly string[], names: BothNames): boolean {
  if (first.length !== second.length) return false;
  return first.every((text, place) => sameButForNames(text, second[place] ?? '', names));
}
