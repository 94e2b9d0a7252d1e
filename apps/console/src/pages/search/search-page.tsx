import { type ReactElement, useState } from 'react';
import { Button } from '../../controls/button.tsx';
import { CommandLine } from '../../controls/command-line.tsx';
import { CopyButton } from '../../controls/copy-button.tsx';
import { Page } from '../../shell/page.tsx';
import { FilterChips } from './filter-chips.tsx';
import { FilterControls } from './filter-controls.tsx';
import { queryCommand } from './query-command.ts';
import { Results } from './results.tsx';
import { SavedViewsMenu } from './saved-views-menu.tsx';
import { SearchBox } from './search-box.tsx';
import styles from './search-page.module.css';
import { useSearch } from './use-search.ts';

/** Finds events by anything that one may have of them. The address is the whole search. */
export function SearchPage(): ReactElement {
  const search = useSearch();
  const [showsCommand, setShowsCommand] = useState(false);
  return (
    <Page
      heading="Search"
      actions={
        <>
          <SavedViewsMenu search={search} />
          <CopyButton text={location.href}>Copy link</CopyButton>
          <Button onClick={() => setShowsCommand(!showsCommand)} aria-expanded={showsCommand}>
            As a command
          </Button>
        </>
      }
    >
      <search className={styles.ask}>
        {showsCommand && <CommandLine words={queryCommand(search.filters)} />}
        <SearchBox search={search} />
        <FilterChips search={search} />
        <FilterControls search={search} />
      </search>
      <Results filters={search.filters} />
    </Page>
  );
}
