import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import styles from './virtual-rows.module.css';

/** What the focusable element of a row must have. */
export interface RowFocus {
  readonly tabIndex: 0 | -1;
  readonly 'data-row': number;
}

/** Options of {@link VirtualRows}. */
export interface VirtualRowsProps {
  /** What the rows are, for who does not see them. */
  readonly label: string;
  readonly count: number;
  /** Of every row, in pixels. */
  readonly rowHeight: number;
  /** Pixels at the top of the window that are covered by what sticks there; default those of the header. */
  readonly coveredPx?: number;
  /** Draws a row. What is focused in it takes {@link RowFocus}; a row that takes no focus is passed over by keys. */
  readonly renderRow: (index: number, focus: RowFocus) => ReactNode;
  readonly keyOf: (index: number) => string;
  /** Whether a row takes the focus; default all do. */
  readonly takesFocus?: (index: number) => boolean;
  /** Row to scroll to; again when it changes. */
  readonly shown?: number | undefined;
  /** Called when the last rows come into sight. */
  readonly onNearEnd?: () => void;
}

const headerPx = 56;
const overscan = 10;

/**
 * Rows of one height in the scroll of the page, of which only those in sight are drawn, so that their number costs nothing.
 * One row is in the tab order; arrows, j and k, Page, Home and End move on.
 */
export function VirtualRows(props: VirtualRowsProps): ReactElement {
  const { label, count, rowHeight, renderRow, keyOf, coveredPx = headerPx, shown, onNearEnd } = props;
  const list = useRef<HTMLOListElement>(null);
  const [active, setActive] = useState(0);
  const current = Math.min(active, Math.max(0, count - 1));
  const virtualizer = useWindowVirtualizer<HTMLLIElement>({
    count,
    estimateSize: () => rowHeight,
    getItemKey: keyOf,
    overscan,
    scrollMargin: useDistanceFromTop(list),
    scrollPaddingStart: coveredPx,
    scrollPaddingEnd: rowHeight,
    // The row with the focus stays, or its keys would be lost.
    rangeExtractor: (range) => withRow(defaultRangeExtractor(range), current, range),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another height of the rows is what makes it measure again
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  const lastDrawn = virtualizer.range?.endIndex ?? 0;
  useEffect(() => {
    if (count > 0 && lastDrawn >= count - overscan) onNearEnd?.();
  }, [lastDrawn, count, onNearEnd]);
  useEffect(() => {
    if (shown === undefined) return;
    setActive(shown);
    virtualizer.scrollToIndex(shown, { align: 'center' });
  }, [shown, virtualizer]);
  const focusNext = useRef(false);
  // Before the next key comes: a focus that is late would take back what a second key has done meanwhile.
  useLayoutEffect(() => {
    if (!focusNext.current) return;
    focusNext.current = false;
    list.current?.querySelector<HTMLElement>(`[data-row="${current}"]`)?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const target = targetOf(event, current, props);
    if (target === undefined) return;
    event.preventDefault();
    focusNext.current = true;
    setActive(target);
    virtualizer.scrollToIndex(target, { align: 'auto' });
  };
  return (
    <ol
      ref={list}
      className={styles.rows}
      aria-label={label}
      style={{ height: virtualizer.getTotalSize() }}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        const row = Number(target.dataset.row);
        if (Number.isInteger(row)) setActive(row);
      }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => (
        <li
          key={key}
          className={styles.row}
          aria-setsize={count}
          aria-posinset={index + 1}
          style={{
            height: rowHeight,
            transform: `translateY(${start - virtualizer.options.scrollMargin}px)`,
          }}
        >
          {renderRow(index, {
            tabIndex: index === current ? 0 : -1,
            'data-row': index,
          })}
        </li>
      ))}
    </ol>
  );
}

// Where the list begins on the page, measured again whenever the page becomes higher or lower.
function useDistanceFromTop(element: RefObject<HTMLElement | null>): number {
  const [distance, setDistance] = useState(0);
  useLayoutEffect(() => {
    const measure = () =>
      setDistance(Math.round((element.current?.getBoundingClientRect().top ?? 0) + window.scrollY));
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    measure();
    return () => observer.disconnect();
  }, [element]);
  return distance;
}

function withRow(drawn: readonly number[], row: number, { count }: Range): number[] {
  if (row >= count || drawn.includes(row)) return [...drawn];
  return [...drawn, row].toSorted((a, b) => a - b);
}

function targetOf(
  { key, ctrlKey, metaKey, altKey }: KeyboardEvent,
  current: number,
  { count, rowHeight, takesFocus = () => true }: VirtualRowsProps,
): number | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  const rowsOfWindow = Math.max(1, Math.floor(window.innerHeight / rowHeight) - 3);
  const moves: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: rowsOfWindow,
    PageUp: -rowsOfWindow,
    Home: -count,
    End: count,
  };
  const move = moves[key];
  if (move === undefined) return undefined;
  let target = Math.max(0, Math.min(count - 1, current + move));
  // What takes no focus is passed over; behind the last that does there is nothing to go to but that one.
  for (const step of [Math.sign(move), -Math.sign(move)]) {
    while (target >= 0 && target < count && !takesFocus(target)) target += step;
    if (target >= 0 && target < count) return target;
    target = step > 0 ? count - 1 : 0;
  }
  return current;
}
