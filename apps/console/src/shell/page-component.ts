import { type AsyncRouteComponent, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { ApiFailure } from '../api/api-failure.ts';

/**
 * A page that is loaded when it is first needed. A file that cannot be loaded because the server is away is a failure like
 * that of a request; one that a newer server no longer has reloads the console.
 */
export function pageComponent<Name extends string>(
  load: () => Promise<Readonly<Record<Name, RouteComponent>>>,
  name: Name,
): AsyncRouteComponent<object> {
  return lazyRouteComponent(async () => {
    try {
      return await load();
    } catch (error) {
      throw (await isServerThere()) ? error : new ApiFailure(undefined, undefined, { cause: error });
    }
  }, name);
}

async function isServerThere(): Promise<boolean> {
  return fetch('/healthz').then(
    ({ ok }) => ok,
    // No answer came: that is what was asked.
    () => false,
  );
}
