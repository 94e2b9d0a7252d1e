import type { AuditStatus } from '@audit/schema';
import type { ReactElement } from 'react';
import { Icon, type IconName } from '../../controls/icon.tsx';
import { Panel } from '../../controls/panel.tsx';
import styles from './health-panel.module.css';
import { type HealthFigure, judgeHealth } from './judge-health.ts';

const icons = {
  plain: undefined,
  fine: 'success',
  soon: 'warning',
  now: 'warning',
} as const satisfies Record<HealthFigure['tone'], IconName | undefined>;

/** How the server is doing, in six figures. */
export function HealthPanel({ status }: { readonly status: AuditStatus }): ReactElement {
  return (
    <Panel heading="Ingest health" note="this server, now">
      <dl className={styles.figures}>
        {judgeHealth(status).map((figure) => (
          <Figure key={figure.name} {...figure} />
        ))}
      </dl>
    </Panel>
  );
}

function Figure({ name, value, note, tone }: HealthFigure): ReactElement {
  const icon = icons[tone];
  return (
    <div className={`${styles.figure} ${styles[tone]}`}>
      <dt>{name}</dt>
      <dd className={styles.value}>
        {icon !== undefined && <Icon name={icon} />}
        {value}
      </dd>
      <dd className={styles.note}>{note}</dd>
    </div>
  );
}
