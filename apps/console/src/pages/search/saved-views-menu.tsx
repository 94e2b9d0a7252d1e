import { displayText } from '@audit/schema';
import { Popover } from '@base-ui/react/popover';
import { type FormEvent, type ReactElement, useState } from 'react';
import { Button } from '../../controls/button.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { EventText } from '../../format/event-text.tsx';
import { deleteView, renameView, type SavedView, saveView, useSavedViews } from './saved-views.ts';
import styles from './saved-views-menu.module.css';
import type { Search } from './use-search.ts';

/** Keeps searches under names in this browser: open, rename, delete. */
export function SavedViewsMenu({ search }: { readonly search: Search }): ReactElement {
  const views = useSavedViews();
  const [isOpen, setOpen] = useState(false);
  const open = (view: SavedView) => {
    setOpen(false);
    search.searchFor(view.filters);
  };
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger render={<Button />}>
        Saved views{views.length > 0 && ` (${views.length})`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={6} align="end">
          <Popover.Popup className={styles.popup} aria-label="Saved views">
            {views.length === 0 ? (
              <p className={styles.none}>No search is kept in this browser yet.</p>
            ) : (
              <ul className={styles.views}>
                {views.map((view) => (
                  <View key={view.name} view={view} open={() => open(view)} />
                ))}
              </ul>
            )}
            <NameForm
              label="Keep this search as"
              action="Save"
              name=""
              take={(name) => saveView({ name, filters: search.filters })}
            />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function View({ view, open }: { readonly view: SavedView; readonly open: () => void }): ReactElement {
  const [isNaming, setNaming] = useState(false);
  const shown = displayText(view.name, 60);
  if (isNaming) {
    return (
      <li className={styles.view}>
        <NameForm
          label={`New name of ${shown}`}
          action="Rename"
          name={view.name}
          take={(name) => {
            renameView(view.name, name);
            setNaming(false);
          }}
        />
      </li>
    );
  }
  return (
    <li className={styles.view}>
      <button type="button" className={styles.open} onClick={open}>
        <EventText text={view.name} charsMax={60} />
      </button>
      <Button onClick={() => setNaming(true)} aria-label={`Rename ${shown}`}>
        Rename
      </Button>
      <Button onClick={() => deleteView(view.name)} aria-label={`Delete ${shown}`}>
        Delete
      </Button>
    </li>
  );
}

function NameForm({
  label,
  action,
  name,
  take,
}: {
  readonly label: string;
  readonly action: string;
  readonly name: string;
  readonly take: (name: string) => void;
}): ReactElement {
  const [text, setText] = useState(name);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    take(text.trim());
    setText('');
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextField label={label} value={text} onValueChange={setText} maxLength={100} autoComplete="off" />
      <Button type="submit">{action}</Button>
    </form>
  );
}
