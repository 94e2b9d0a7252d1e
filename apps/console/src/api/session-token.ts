import { useSyncExternalStore } from 'react';

const key = 'audit-token';
const listeners = new Set<() => void>();

/**
 * The bearer token that requests are sent with, until the tab is closed. It is kept in the tab's session storage alone:
 * neither a cookie, which a browser would send for other sites too, nor anything that outlives the tab.
 */
export function sessionToken(): string | undefined {
  return sessionStorage.getItem(key) ?? undefined;
}

/** Sends the token with every further request; undefined forgets it. */
export function setSessionToken(token: string | undefined): void {
  if (token === undefined) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
  for (const listener of listeners) listener();
}

/** Gives a component the token, and renders it again when that changes. */
export function useSessionToken(): string | undefined {
  return useSyncExternalStore(subscribe, sessionToken);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
