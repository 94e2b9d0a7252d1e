import { type AuditStatistics, displayText } from '@audit/schema';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import table from '../../controls/table.module.css';
import { Table } from '../../controls/table.tsx';
import { numberText } from '../../format/number-text.ts';
import { bucketEnd, bucketText } from './bucket-text.ts';
import styles from './volume.module.css';
import type { Volume } from './volume-series.ts';

/** Options of {@link VolumeTable}. */
export interface VolumeTableProps extends Volume {
  readonly interval: AuditStatistics['interval'];
}

/** The numbers of the chart for who does not see it, or wants them; stretches of time without events are left out. */
export function VolumeTable({ series, columns, interval }: VolumeTableProps): ReactElement {
  const filled = columns.filter(({ total }) => total > 0);
  return (
    <details className={styles.details}>
      <summary>The same as a table</summary>
      <Table label="Events over time">
        <thead>
          <tr>
            <th scope="col">From</th>
            {series.map(({ name }) => (
              <th key={name} scope="col" className={table.number}>
                <bdi>{displayText(name, 60)}</bdi>
              </th>
            ))}
            <th scope="col" className={table.number}>
              all
            </th>
          </tr>
        </thead>
        <tbody>
          {filled.map(({ start, counts, total }) => (
            <tr key={start}>
              <th scope="row">
                <Link to="/search" search={{ since: start, until: bucketEnd(start, interval) }}>
                  {bucketText(start, interval)}
                </Link>
              </th>
              {series.map(({ name }, place) => (
                <td key={name} className={table.number}>
                  {numberText(counts[place] ?? 0)}
                </td>
              ))}
              <td className={table.number}>{numberText(total)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </details>
  );
}
