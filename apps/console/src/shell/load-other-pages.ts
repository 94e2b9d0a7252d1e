import type { AnyRoute, AnyRouter } from '@tanstack/react-router';

// The first page has what it asks for by then, unless the network is very slow.
const quietMs = 2_000;

/** Loads the files of all pages once the first one stands, so that going to another waits for its data alone. A hidden tab loads none. */
export function loadOtherPages(router: AnyRouter): void {
  const stop = router.subscribe('onResolved', () => {
    stop();
    setTimeout(() => {
      if (document.visibilityState === 'hidden') return;
      const routes: readonly AnyRoute[] = Object.values(router.routesById);
      // A page that cannot be loaded now is loaded, or fails visibly, when somebody goes to it.
      for (const route of routes) Promise.resolve(router.loadRouteChunk(route)).catch(() => undefined);
    }, quietMs);
  });
}
