import { type ReactElement, use } from 'react';
import { CopyButton } from '../../controls/copy-button.tsx';
import styles from './event-type-page.module.css';

let loading: Promise<typeof import('virtual:event-examples')> | undefined;

/** A valid event of a type. Suspends until the examples of all types have been loaded. */
export function EventExample({ type }: { readonly type: string }): ReactElement {
  loading ??= loadExamples();
  const example = use(loading).examples[type] ?? '';
  return (
    <div className={styles.example}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0}>
        <code>{example}</code>
      </pre>
      <CopyButton text={example} />
    </div>
  );
}

async function loadExamples(): Promise<typeof import('virtual:event-examples')> {
  try {
    return await import('virtual:event-examples');
  } catch (error) {
    // A server that was away can be back when the page is tried again.
    loading = undefined;
    throw error;
  }
}
