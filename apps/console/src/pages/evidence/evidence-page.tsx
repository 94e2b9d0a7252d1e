import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Panel } from '../../controls/panel.tsx';
import { EventText } from '../../format/event-text.tsx';
import { numberText } from '../../format/number-text.ts';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { checkpointQuery, type ServedCheckpoint } from './checkpoint-query.ts';
import styles from './evidence-page.module.css';

/** What the log states of itself. */
export function EvidencePage(): ReactElement {
  const query = useQuery(checkpointQuery);
  return (
    <Page heading="Evidence" lead="What the log states of itself in its newest signed checkpoint.">
      <Loaded query={query}>{(checkpoint) => <CheckpointPanel checkpoint={checkpoint} />}</Loaded>
    </Page>
  );
}

function CheckpointPanel({ checkpoint }: { readonly checkpoint: ServedCheckpoint }): ReactElement {
  const { origin, size, root, signers } = checkpoint;
  return (
    <Panel heading="Newest checkpoint" note="as the server states it; not verified here">
      <dl className={styles.facts}>
        <dt>Log</dt>
        <dd>
          <EventText text={origin} />
        </dd>
        <dt>Records</dt>
        <dd>{numberText(size)}</dd>
        <dt>Root of the tree</dt>
        <dd>
          <code>{root}</code>
        </dd>
        <dt>Signed by</dt>
        <dd>
          {signers.map((signer) => (
            <div key={signer}>
              <EventText text={signer} />
            </div>
          ))}
        </dd>
      </dl>
    </Panel>
  );
}
