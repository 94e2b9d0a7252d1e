import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { ConnectionState } from './connection-state.tsx';
import styles from './header.module.css';
import { Navigation } from './navigation.tsx';
import { ThemeMenu } from './theme-menu.tsx';

/** Name, pages, state of the server and settings of the console. */
export function Header(): ReactElement {
  return (
    <header className={styles.header}>
      <div className={styles.inner}>
        <Link to="/" className={styles.brand} activeOptions={{ exact: true }}>
          <img src="/favicon.svg" alt="" width="22" height="22" />
          Audit trail
        </Link>
        <Navigation />
        <div className={styles.end}>
          <ConnectionState />
          <ThemeMenu />
        </div>
      </div>
    </header>
  );
}
