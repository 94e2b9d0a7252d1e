import { Tabs } from '@base-ui/react/tabs';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Page } from '../../shell/page.tsx';
import { Loaded } from '../../states/loaded.tsx';
import { AccessSection } from './access/access-section.tsx';
import styles from './evidence-page.module.css';
import { type EvidenceSection, evidenceSections } from './evidence-search.ts';
import { HoldsSection } from './holds/holds-section.tsx';
import { PacksSection } from './packs/packs-section.tsx';
import { RetentionSection } from './retention/retention-section.tsx';
import { StatementPanel } from './statement/statement-panel.tsx';
import { statementQuery } from './statement/statement-query.ts';
import { TrustPanel } from './trust/trust-panel.tsx';
import { VerifyPanel } from './verification/verify-panel.tsx';

const sectionWords = {
  verify: 'Verify',
  packs: 'Packs and samples',
  holds: 'Holds',
  retention: 'Retention',
  access: 'Access',
} as const satisfies Record<EvidenceSection, string>;

/** What an auditor needs: what the log states, whether it is so, and who may still change, read or lose what. */
export function EvidencePage(): ReactElement {
  const { correlation, section = 'verify' } = useSearch({ from: '/evidence' });
  const navigate = useNavigate({ from: '/evidence' });
  const query = useQuery(statementQuery);
  const logSize = query.data?.checkpoint.size ?? 0;
  return (
    <Page
      heading="Evidence"
      lead="Whether the log is complete and unchanged, found out without believing the server."
    >
      <Loaded query={query}>{(statement) => <StatementPanel statement={statement} />}</Loaded>
      <Tabs.Root
        className={styles.sections}
        value={section}
        onValueChange={(chosen: EvidenceSection) =>
          void navigate({
            search: (before) => ({ ...before, section: chosen === 'verify' ? undefined : chosen }),
          })
        }
      >
        <Tabs.List className={styles.tabs} aria-label="Parts of the evidence">
          {evidenceSections.map((each) => (
            <Tabs.Tab key={each} value={each} className={styles.tab}>
              {sectionWords[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="verify" className={styles.section} keepMounted>
          <div className={styles.columns}>
            <VerifyPanel />
            {section === 'verify' && <TrustPanel />}
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="packs" className={styles.section}>
          <PacksSection logSize={logSize} correlation={correlation} />
        </Tabs.Panel>
        <Tabs.Panel value="holds" className={styles.section}>
          <HoldsSection correlation={correlation} />
        </Tabs.Panel>
        <Tabs.Panel value="retention" className={styles.section}>
          <RetentionSection />
        </Tabs.Panel>
        <Tabs.Panel value="access" className={styles.section}>
          <AccessSection />
        </Tabs.Panel>
      </Tabs.Root>
    </Page>
  );
}
