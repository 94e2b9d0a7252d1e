import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, createRoute, createRouter, type Router } from '@tanstack/react-router';
import { readFilters } from './api/search-filters.ts';
import { statusQuery } from './api/status-query.ts';
import { readCatalogueSearch } from './pages/catalogue/catalogue-search.ts';
import { readEvidenceSearch } from './pages/evidence/evidence-search.ts';
import { statementQuery } from './pages/evidence/statement/statement-query.ts';
import { remediationsQuery } from './pages/overview/remediations-query.ts';
import { statisticsQuery } from './pages/overview/statistics-query.ts';
import { readOverviewSearch, timeRangeOf } from './pages/overview/time-range.ts';
import { resultsQuery } from './pages/search/results-query.ts';
import { newestTrailsQuery } from './pages/trail/newest-trails-query.ts';
import { trailQuery } from './pages/trail/trail-query.ts';
import { readTrailSearch } from './pages/trail/trail-search.ts';
import { pageComponent } from './shell/page-component.ts';
import { Shell } from './shell/shell.tsx';
import { BrokenPage } from './states/broken-page.tsx';
import { NotFoundPage } from './states/not-found-page.tsx';
import { RowsSkeleton } from './states/rows-skeleton.tsx';

interface RouterContext {
  readonly queryClient: QueryClient;
}

const root = createRootRouteWithContext<RouterContext>()({ component: Shell });

// Each page is a file of its own for the browser. What it asks for first is asked for while that comes; nothing waits for it here.
const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readOverviewSearch,
  loaderDeps: ({ search }) => ({ range: timeRangeOf(search.range) }),
  loader: ({ cause, context: { queryClient }, deps: { range } }) => {
    void queryClient.prefetchQuery(statusQuery);
    void queryClient.prefetchQuery(remediationsQuery(range));
    // Counting is too much for a pointer that only passes by.
    if (cause !== 'preload') void queryClient.prefetchQuery(statisticsQuery(range));
  },
  component: pageComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: readFilters,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { queryClient }, deps }) => {
    void queryClient.prefetchInfiniteQuery(resultsQuery(deps));
  },
  component: pageComponent(() => import('./pages/search/search-page.tsx'), 'SearchPage'),
});

const trails = createRoute({
  getParentRoute: () => root,
  path: '/trail',
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(newestTrailsQuery);
  },
  component: pageComponent(() => import('./pages/trail/trails-page.tsx'), 'TrailsPage'),
});

const trail = createRoute({
  getParentRoute: () => root,
  path: '/trail/$correlationId',
  validateSearch: readTrailSearch,
  loader: ({ context: { queryClient }, params: { correlationId } }) => {
    void queryClient.prefetchInfiniteQuery(trailQuery(correlationId));
  },
  component: pageComponent(() => import('./pages/trail/trail-page.tsx'), 'TrailPage'),
});

const evidence = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  validateSearch: readEvidenceSearch,
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(statementQuery);
  },
  component: pageComponent(() => import('./pages/evidence/evidence-page.tsx'), 'EvidencePage'),
});

const live = createRoute({
  getParentRoute: () => root,
  path: '/live',
  validateSearch: readFilters,
  component: pageComponent(() => import('./pages/live/live-page.tsx'), 'LivePage'),
});

const catalogue = createRoute({
  getParentRoute: () => root,
  path: '/catalogue',
  validateSearch: readCatalogueSearch,
  component: pageComponent(() => import('./pages/catalogue/catalogue-page.tsx'), 'CataloguePage'),
});

const eventType = createRoute({
  getParentRoute: () => root,
  path: '/catalogue/$eventType',
  component: pageComponent(() => import('./pages/catalogue/event-type-page.tsx'), 'EventTypePage'),
});

const routeTree = root.addChildren([overview, search, trails, trail, evidence, live, catalogue, eventType]);

// Until then the page before stays, which looks as if nothing had been pressed.
const pageMissingMs = 100;

/** Routes addresses to pages. */
export function createConsoleRouter(queryClient: QueryClient): Router<typeof routeTree> {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    // How old an answer may be is decided by the queries.
    defaultPreloadStaleTime: 0,
    defaultPendingMs: pageMissingMs,
    defaultPendingMinMs: 0,
    defaultPendingComponent: RowsSkeleton,
    scrollRestoration: true,
    defaultNotFoundComponent: NotFoundPage,
    defaultErrorComponent: BrokenPage,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
