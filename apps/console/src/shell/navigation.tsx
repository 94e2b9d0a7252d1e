import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import styles from './navigation.module.css';

/** Links to the pages. */
export function Navigation(): ReactElement {
  return (
    <nav className={styles.navigation} aria-label="Pages">
      <Link to="/" activeOptions={{ exact: true }}>
        Overview
      </Link>
      <Link to="/search">Search</Link>
      <Link to="/trail">Trail</Link>
      <Link to="/evidence">Evidence</Link>
      <Link to="/live">Live</Link>
      <Link to="/catalogue">Catalogue</Link>
    </nav>
  );
}
