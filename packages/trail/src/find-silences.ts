import { durationText } from './duration-text.ts';
import type { GapSource } from './gap-source.ts';
import type { TrailGap, TrailSpan, TrailStep } from './trail.ts';

// Controllers look again every few seconds: a shorter stretch says nothing.
const silenceMsMin = 10_000;
const timesLonger = 10;
const neighboursEachSide = 4;
// Services stamp the ends of one thing with clocks of their own.
const clockMs = 1_000;

/**
 * Finds stretches without events that are ten times as long as the usual ones around them, before the remediation ended,
 * while nothing was under way that explains them: a call, a workflow, the wait for a person.
 */
export function findSilences(source: GapSource): readonly TrailGap[] {
  const stretches = stretchesOf(source);
  const isExplained = explanationOf(source.spans);
  return stretches.flatMap((stretch, place): readonly TrailGap[] => {
    const { lengthMs } = stretch;
    if (lengthMs < silenceMsMin || isExplained(stretch)) return [];
    const usualMs = usualLength(stretches, place);
    if (lengthMs < timesLonger * usualMs) return [];
    const { fromMs: offsetMs, after } = stretch;
    return [
      {
        kind: 'silence',
        why: reasonFor(stretch, usualMs),
        afterStep: after.index,
        offsetMs,
        durationMs: lengthMs,
      },
    ];
  });
}

interface Stretch {
  readonly after: TrailStep;
  /** Undefined when it lasts until now. */
  readonly before: TrailStep | undefined;
  readonly fromMs: number;
  readonly toMs: number;
  readonly lengthMs: number;
}

function stretchesOf({ steps, endStep, nowOffsetMs }: GapSource): readonly Stretch[] {
  const timed = steps
    .slice(0, endStep === undefined ? undefined : endStep + 1)
    .flatMap((step) => (step.offsetMs === undefined ? [] : [{ step, atMs: step.offsetMs }]))
    .toSorted((a, b) => a.atMs - b.atMs);
  const ends: readonly { step?: TrailStep; atMs: number }[] =
    endStep === undefined && nowOffsetMs !== undefined ? [...timed, { atMs: nowOffsetMs }] : timed;
  return timed.flatMap(({ step: after, atMs: fromMs }, place): readonly Stretch[] => {
    const end = ends[place + 1];
    return end === undefined
      ? []
      : [{ after, before: end.step, fromMs, toMs: end.atMs, lengthMs: end.atMs - fromMs }];
  });
}

// Asked for one stretch after another in the order of time: of the spans that began before it, only the one that ends
// last counts.
function explanationOf(spans: readonly TrailSpan[]): (stretch: Stretch) => boolean {
  const explaining = spans.filter(canExplain);
  let next = 0;
  let latestEndMs = Number.NEGATIVE_INFINITY;
  return ({ fromMs, toMs }) => {
    for (; next < explaining.length; next++) {
      const { offsetMs = 0, durationMs = 0 } = explaining[next] ?? {};
      if (offsetMs > fromMs + clockMs) break;
      latestEndMs = Math.max(latestEndMs, offsetMs + durationMs);
    }
    return latestEndMs >= toMs - clockMs;
  };
}

// The whole remediation and its phases last by their nature; they explain nothing.
function canExplain({ kind, name, durationMs }: TrailSpan): boolean {
  return kind === 'work' && name !== 'remediation' && durationMs !== undefined;
}

function usualLength(stretches: readonly Stretch[], place: number): number {
  const around = [
    ...stretches.slice(Math.max(0, place - neighboursEachSide), place),
    ...stretches.slice(place + 1, place + 1 + neighboursEachSide),
  ];
  const lengths = around.map(({ lengthMs }) => lengthMs).toSorted((a, b) => a - b);
  return lengths[Math.floor(lengths.length / 2)] ?? 0;
}

function reasonFor({ after, before, lengthMs }: Stretch, usualMs: number): string {
  const until = before === undefined ? 'until now' : `before “${before.title}”`;
  const usual = usualMs === 0 ? '' : `; around it events are ${durationText(usualMs)} apart`;
  return `no event for ${durationText(lengthMs)} after “${after.title}” ${until}, and nothing under way explains it${usual}`;
}
