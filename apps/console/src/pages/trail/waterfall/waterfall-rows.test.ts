import { draftEvent, gatewayEvents, orchestratorEvents } from '@audit/schema';
import { readTrail } from '@audit/trail';
import { expect, it } from 'vitest';
import { type WaterfallRow, waterfallRows } from './waterfall-rows.ts';

const event = { correlation_id: 'rr-1', event_outcome: 'pending' } as const;
const payload = { rr_name: 'rr-1', namespace: 'payments' };

const trail = readTrail([
  {
    ...draftEvent(orchestratorEvents.lifecycleStarted, { ...event, event_data: payload }),
    event_timestamp: '2026-01-14T09:30:00Z',
  },
  {
    ...draftEvent(orchestratorEvents.lifecycleCompleted, {
      ...event,
      event_outcome: 'success',
      event_data: { ...payload, outcome: 'Success' },
    }),
    event_timestamp: '2026-01-14T09:35:00Z',
  },
]);

function nameOf(row: WaterfallRow): string {
  return row.kind === 'step' ? row.step.type : row.gap.kind;
}

it('puts each gap behind its step, those before the first at the top', () => {
  const names = waterfallRows(trail).map(nameOf);
  expect(names.filter((name) => name.startsWith('orchestrator.'))).toEqual([
    'orchestrator.lifecycle.started',
    'orchestrator.lifecycle.completed',
  ]);
  expect(names.length).toBe(trail.steps.length + trail.gaps.length);
  for (const gap of trail.gaps) {
    const place = gap.afterStep === undefined ? 0 : names.indexOf(trail.steps[gap.afterStep]?.type ?? '') + 1;
    expect(names.slice(place)).toContain(gap.kind);
  }
});

it('shows one service alone, every row under a key of its own', () => {
  expect(waterfallRows(trail, gatewayEvents.signalReceived.service)).toEqual([]);
  const rows = waterfallRows(trail);
  expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
});
