import { useSyncExternalStore } from 'react';

/** A text that this browser keeps for the server, in its local storage, also when the tab is closed. */
export interface KeptText {
  readonly read: () => string;
  /** Keeps a text; an empty one forgets it. */
  readonly write: (text: string) => void;
  /** Gives a component the text, and renders it again when that changes, in another tab too. */
  readonly use: () => string;
}

/** Names a text that is kept. */
export function createKeptText(key: string): KeptText {
  const listeners = new Set<() => void>();
  const read = () => localStorage.getItem(key) ?? '';
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    window.addEventListener('storage', listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener('storage', listener);
    };
  };
  return {
    read,
    write(text) {
      if (text === '') localStorage.removeItem(key);
      else localStorage.setItem(key, text);
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(subscribe, read),
  };
}
