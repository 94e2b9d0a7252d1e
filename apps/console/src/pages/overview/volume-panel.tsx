import { type AuditStatistics, displayText } from '@audit/schema';
import { CatchBoundary, Link } from '@tanstack/react-router';
import { lazy, type ReactElement, Suspense } from 'react';
import choice from '../../controls/choice.module.css';
import { Panel } from '../../controls/panel.tsx';
import { numberText } from '../../format/number-text.ts';
import { type Division, divisions, overviewSearch, type TimeRangeName } from './time-range.ts';
import styles from './volume.module.css';
import { type VolumeSeries, volumeSeries } from './volume-series.ts';
import { VolumeTable } from './volume-table.tsx';

// The charting library is larger than all other scripts of the first page together.
const VolumeChart = lazy(async () => ({ default: (await import('./volume-chart.tsx')).VolumeChart }));

/** Options of {@link VolumePanel}. */
export interface VolumePanelProps {
  readonly statistics: AuditStatistics;
  readonly range: TimeRangeName;
  readonly by: Division;
}

/** Events over time as a chart, and the same as a table. */
export function VolumePanel({ statistics, range, by }: VolumePanelProps): ReactElement {
  const volume = volumeSeries(statistics, by);
  const note = `${numberText(statistics.total)} events${statistics.is_capped ? ', the newest only' : ''}`;
  return (
    <Panel heading="Events over time" note={note}>
      <div className={styles.volume}>
        <div className={styles.bar}>
          <Legend series={volume.series} />
          <Divisions range={range} />
        </div>
        <div className={styles.chart}>
          <CatchBoundary getResetKey={() => by} errorComponent={MissingChart}>
            <Suspense>
              <VolumeChart {...volume} interval={statistics.interval} />
            </Suspense>
          </CatchBoundary>
        </div>
        <VolumeTable {...volume} interval={statistics.interval} />
      </div>
    </Panel>
  );
}

function MissingChart(): ReactElement {
  return <p>The chart could not be loaded; the table below has its numbers. Reload the page for it.</p>;
}

function Legend({ series }: { readonly series: readonly VolumeSeries[] }): ReactElement {
  return (
    <ul className={styles.legend} aria-label="Colours of the chart">
      {series.map(({ name, color }) => (
        <li key={name}>
          <span className={styles.swatch} style={{ background: `var(${color})` }} />
          <bdi>{displayText(name, 60)}</bdi>
        </li>
      ))}
    </ul>
  );
}

function Divisions({ range }: Pick<VolumePanelProps, 'range'>): ReactElement {
  return (
    <nav className={choice.choice} aria-label="Divide the columns by">
      {divisions.map((each) => (
        <Link
          key={each}
          to="/"
          search={overviewSearch(range, each)}
          activeOptions={{ exact: true }}
          resetScroll={false}
          replace
        >
          By {each}
        </Link>
      ))}
    </nav>
  );
}
