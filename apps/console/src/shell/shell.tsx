import { Outlet } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { Header } from './header.tsx';
import styles from './shell.module.css';

const contentId = 'content';

/** What is around every page. */
export function Shell(): ReactElement {
  return (
    <>
      <a className={styles.skip} href={`#${contentId}`}>
        Skip to the content
      </a>
      <Header />
      <main id={contentId} tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </>
  );
}
