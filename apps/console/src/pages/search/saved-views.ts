import { useSyncExternalStore } from 'react';
import { readFilters, type SearchFilters } from '../../api/search-filters.ts';

/** A search that is kept under a name, in this browser. */
export interface SavedView {
  readonly name: string;
  readonly filters: SearchFilters;
}

const key = 'audit-saved-searches';
const viewsMax = 100;
const listeners = new Set<() => void>();
let read: { readonly text: string | null; readonly views: readonly SavedView[] } = { text: null, views: [] };

/** The kept searches, by name; renders again when they change, in another tab too. */
export function useSavedViews(): readonly SavedView[] {
  return useSyncExternalStore(subscribe, savedViews);
}

/** Keeps a search under a name, in the place of one that has it. */
export function saveView(view: SavedView): void {
  write([...savedViews().filter(({ name }) => name !== view.name), view]);
}

/** Gives a kept search another name. */
export function renameView(before: string, name: string): void {
  const view = savedViews().find((each) => each.name === before);
  if (view === undefined) return;
  write([...savedViews().filter((each) => each.name !== before && each.name !== name), { ...view, name }]);
}

/** Keeps a search no longer. */
export function deleteView(name: string): void {
  write(savedViews().filter((view) => view.name !== name));
}

/** Reads kept searches from their text; what is none is left out. */
export function parseViews(text: string | null): readonly SavedView[] {
  const entries = parseList(text);
  const views = entries.flatMap((entry): SavedView[] => {
    const { name, filters } = toMembers(entry);
    if (typeof name !== 'string' || name === '') return [];
    return [{ name, filters: readFilters(toMembers(filters)) }];
  });
  return [...new Map(views.map((view) => [view.name, view])).values()]
    .slice(-viewsMax)
    .toSorted((a, b) => a.name.localeCompare(b.name));
}

function parseList(text: string | null): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value : [];
  } catch {
    // Somebody wrote it by hand: nothing is kept.
    return [];
  }
}

function toMembers(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function savedViews(): readonly SavedView[] {
  const text = localStorage.getItem(key);
  if (text !== read.text) read = { text, views: parseViews(text) };
  return read.views;
}

function write(views: readonly SavedView[]): void {
  localStorage.setItem(key, JSON.stringify(views));
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}
