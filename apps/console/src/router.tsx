import { createRootRoute, createRoute, createRouter, type Router } from '@tanstack/react-router';
import { readFilters } from './api/search-filters.ts';
import { readCatalogueSearch } from './pages/catalogue/catalogue-search.ts';
import { readEvidenceSearch } from './pages/evidence/evidence-search.ts';
import { readOverviewSearch } from './pages/overview/time-range.ts';
import { readTrailSearch } from './pages/trail/trail-search.ts';
import { pageComponent } from './shell/page-component.ts';
import { Shell } from './shell/shell.tsx';
import { BrokenPage } from './states/broken-page.tsx';
import { NotFoundPage } from './states/not-found-page.tsx';

const root = createRootRoute({ component: Shell });

// Each page is a file of its own for the browser, loaded when it is first opened or pointed at.
const overview = createRoute({
  getParentRoute: () => root,
  path: '/',
  validateSearch: readOverviewSearch,
  component: pageComponent(() => import('./pages/overview/overview-page.tsx'), 'OverviewPage'),
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  validateSearch: readFilters,
  component: pageComponent(() => import('./pages/search/search-page.tsx'), 'SearchPage'),
});

const trails = createRoute({
  getParentRoute: () => root,
  path: '/trail',
  component: pageComponent(() => import('./pages/trail/trails-page.tsx'), 'TrailsPage'),
});

const trail = createRoute({
  getParentRoute: () => root,
  path: '/trail/$correlationId',
  validateSearch: readTrailSearch,
  component: pageComponent(() => import('./pages/trail/trail-page.tsx'), 'TrailPage'),
});

const evidence = createRoute({
  getParentRoute: () => root,
  path: '/evidence',
  validateSearch: readEvidenceSearch,
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

/** Routes addresses to pages. */
export function createConsoleRouter(): Router<typeof routeTree> {
  return createRouter({
    routeTree,
    defaultPreload: 'intent',
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
