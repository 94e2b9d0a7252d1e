import type { AuditStatistics } from '@audit/schema';
import { displayText } from '@audit/schema';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { numberText } from '../../format/number-text.ts';
import { bucketEnd, bucketText } from './bucket-text.ts';
import styles from './volume.module.css';
import type { Volume, VolumeColumn } from './volume-series.ts';

/** Options of {@link VolumeChart}. */
export interface VolumeChartProps extends Volume {
  readonly interval: AuditStatistics['interval'];
}

/**
 * Stacked columns of events over time. The pointer or the arrow keys show the numbers of a column, a press of it leads to its
 * events; all that is in the table beside it, too.
 */
export function VolumeChart({ series, columns, interval }: VolumeChartProps): ReactElement {
  const navigate = useNavigate();
  const open = (column: VolumeColumn | undefined) => {
    if (column === undefined) return;
    const search = { since: column.start, until: bucketEnd(column.start, interval) };
    void navigate({ to: '/search', search });
  };
  return (
    <ResponsiveContainer width="100%" height={220}>
      <BarChart
        data={[...columns]}
        margin={{ top: 8, right: 0, bottom: 0, left: 0 }}
        barCategoryGap={columns.length > 60 ? 1 : '18%'}
        aria-label="Events over time; the arrow keys show the numbers of a column"
        onClick={({ activeIndex }) => open(columns[Number(activeIndex ?? Number.NaN)])}
      >
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          dataKey="start"
          {...axisOf(columns, interval)}
          tick={{ fill: 'var(--text-muted)', fontSize: 12 }}
          tickLine={false}
          axisLine={{ stroke: 'var(--line-strong)' }}
          minTickGap={32}
        />
        <YAxis
          width={44}
          allowDecimals={false}
          tickFormatter={(count: number) => compact.format(count)}
          tick={{ fill: 'var(--text-muted)', fontSize: 12 }}
          tickLine={false}
          axisLine={false}
        />
        <Tooltip
          cursor={{ fill: 'var(--surface-hover)' }}
          isAnimationActive={false}
          content={({ activeIndex, active }) => (
            <ColumnNumbers
              column={active ? columns[Number(activeIndex ?? Number.NaN)] : undefined}
              series={series}
              interval={interval}
            />
          )}
        />
        {series.map(({ name, color }, place) => (
          <Bar
            key={name}
            name={displayText(name, 60)}
            dataKey={({ counts }: VolumeColumn) => counts[place]}
            stackId="events"
            fill={`var(${color})`}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

// Hours of many days are told apart by their days.
function axisOf(columns: readonly VolumeColumn[], interval: VolumeChartProps['interval']) {
  const hasDays = interval === 'hour' && columns.length > 48;
  return {
    tickFormatter: (start: string) => bucketText(start, hasDays ? 'day' : interval, true),
    ...(hasDays && { ticks: columns.map(({ start }) => start).filter((start) => start.includes('T00:00')) }),
  };
}

const compact = new Intl.NumberFormat('en', { notation: 'compact' });

interface ColumnNumbersProps extends Pick<VolumeChartProps, 'series' | 'interval'> {
  readonly column: VolumeColumn | undefined;
}

function ColumnNumbers({ column, series, interval }: ColumnNumbersProps): ReactElement | null {
  if (column === undefined) return null;
  return (
    <div className={styles.tooltip}>
      <p className={styles.tooltipHead}>{bucketText(column.start, interval)}</p>
      <ul>
        {series.map(({ name, color }, place) => (
          <li key={name} className={styles.tooltipRow}>
            <span className={styles.swatch} style={{ background: `var(${color})` }} />
            <bdi>{displayText(name, 60)}</bdi>
            <span className={styles.count}>{numberText(column.counts[place] ?? 0)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
