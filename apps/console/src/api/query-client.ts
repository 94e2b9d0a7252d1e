import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from './api-failure.ts';

const retriesMax = 2;

/** Creates the store of what was asked of the server. Only what can succeed later is asked again, twice. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The browser's own idea of being offline is often wrong for a server in the same network.
        networkMode: 'always',
        retry: (failures, error) => failures < retriesMax && error instanceof ApiFailure && error.isPassing,
        retryDelay: (attempt) => 500 * 2 ** attempt,
        staleTime: 5_000,
      },
      mutations: { networkMode: 'always' },
    },
  });
}
