import type { Trail } from '@audit/trail';
import { type ReactElement, useMemo, useState } from 'react';
import { Panel } from '../../../controls/panel.tsx';
import { useNarrow } from '../../../controls/use-narrow.ts';
import { VirtualRows } from '../../../controls/virtual-rows.tsx';
import { EventText } from '../../../format/event-text.tsx';
import { numberText } from '../../../format/number-text.ts';
import { eventIdOf } from '../event-id-of.ts';
import type { TrailView } from '../use-trail-view.ts';
import { GapRow } from './gap-row.tsx';
import { Lanes } from './lanes.tsx';
import { relationOf } from './relation-of.ts';
import { StepRow } from './step-row.tsx';
import styles from './waterfall.module.css';
import { waterfallRows } from './waterfall-rows.ts';

/** Options of {@link Waterfall}. */
export interface WaterfallProps {
  readonly trail: Trail;
  readonly view: TrailView;
}

const rowHeightPx = { wide: 36, narrow: 72 } as const;

/** Every step in its order with its place in time, where the trail says too little, and which step caused which. */
export function Waterfall({ trail, view }: WaterfallProps): ReactElement {
  const [service, setService] = useState<string>();
  const [pointed, setPointed] = useState<number>();
  const isNarrow = useNarrow();
  const rows = useMemo(() => waterfallRows(trail, service), [trail, service]);
  const shown = useMemo(() => {
    if (view.event === undefined) return undefined;
    const place = rows.findIndex((row) => row.kind === 'step' && eventIdOf(row.step) === view.event);
    return place === -1 ? undefined : place;
  }, [rows, view.event]);
  return (
    <Panel heading="Timeline" note={noteOf(trail)}>
      <Lanes trail={trail} chosen={service} choose={setService} />
      <div className={styles.tools}>
        {service === undefined ? (
          <span>Every step, in order</span>
        ) : (
          <span>
            Only <EventText text={service} />.{' '}
            <button type="button" className={styles.clear} onClick={() => setService(undefined)}>
              Show every step
            </button>
          </span>
        )}
        <span>
          <kbd>↑</kbd> <kbd>↓</kbd> or <kbd>j</kbd> <kbd>k</kbd> move, <kbd>Enter</kbd> opens, <kbd>Esc</kbd>{' '}
          closes
        </span>
      </div>
      <VirtualRows
        label="Steps of the trail"
        count={rows.length}
        rowHeight={isNarrow ? rowHeightPx.narrow : rowHeightPx.wide}
        keyOf={(index) => rows[index]?.key ?? ''}
        takesFocus={(index) => rows[index]?.kind === 'step'}
        shown={shown}
        renderRow={(index, focus) => {
          const row = rows[index];
          if (row === undefined) return null;
          if (row.kind === 'gap') return <GapRow gap={row.gap} />;
          return (
            <StepRow
              step={row.step}
              durationMs={trail.durationMs ?? 0}
              relation={relationOf(trail, row.step, pointed)}
              point={setPointed}
              tabIndex={focus.tabIndex}
              row={focus['data-row']}
              view={view}
            />
          );
        }}
      />
    </Panel>
  );
}

function noteOf({ steps, gaps, lanes }: Trail): string {
  const gapsText =
    gaps.length === 0 ? 'no gap' : gaps.length === 1 ? '1 gap' : `${numberText(gaps.length)} gaps`;
  return `${numberText(steps.length)} steps by ${numberText(lanes.length)} services, ${gapsText}`;
}
