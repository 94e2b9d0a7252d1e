import type { RetentionPolicy as RetentionAnswer } from '@audit/schema';
import type { FastifyInstance } from 'fastify';
import type { RetentionPolicy } from '../retention/retention-policy.ts';

/** What the route of the retention policy needs. */
export interface RetentionRouteOptions {
  readonly readRetention: () => Promise<{
    /** Whether this server purges what has expired. */
    readonly isPurging: boolean;
    readonly policy: RetentionPolicy;
  }>;
}

/** Adds `GET /api/v1/audit/retention`. */
export function addRetentionRoute(server: FastifyInstance, { readRetention }: RetentionRouteOptions): void {
  server.get('/api/v1/audit/retention', async (): Promise<RetentionAnswer> => {
    const { isPurging, policy } = await readRetention();
    const categories = Object.entries(policy.categoryDays).toSorted();
    return {
      is_purging: isPurging,
      default_retention_days: policy.defaultDays,
      category_retention_days: categories.map(([event_category, retention_days]) => ({
        event_category,
        retention_days,
      })),
    };
  });
}
