import type { Trail, TrailGap, TrailStep } from '@audit/trail';

/** A row of the waterfall: what happened, or where the trail says too little. */
export type WaterfallRow =
  | { readonly kind: 'step'; readonly key: string; readonly step: TrailStep }
  | { readonly kind: 'gap'; readonly key: string; readonly gap: TrailGap };

/**
 * Lays out the rows in the order of the trail, each gap behind the step that it follows.
 * @param service only its steps, with the gaps behind them; default all
 */
export function waterfallRows(trail: Trail, service?: string): readonly WaterfallRow[] {
  const gaps = Map.groupBy(trail.gaps.entries(), ([, gap]) => gap.afterStep ?? -1);
  const gapRows = (afterStep: number): readonly WaterfallRow[] =>
    (gaps.get(afterStep) ?? []).map(([place, gap]) => ({ kind: 'gap', key: `gap ${place}`, gap }));
  const steps = trail.steps.filter((step) => service === undefined || step.service === service);
  return [
    ...(service === undefined ? gapRows(-1) : []),
    ...steps.flatMap((step): readonly WaterfallRow[] => [
      { kind: 'step', key: `step ${step.index}`, step },
      ...gapRows(step.index),
    ]),
  ];
}
