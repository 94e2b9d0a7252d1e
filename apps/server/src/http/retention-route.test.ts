import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { startTestServer } from '../test-support/test-server.ts';

describeDatabases('the retention policy', (open) => {
  it('is told as it is in force, categories by name', async () => {
    const retention = { defaultDays: 90, categoryDays: { workflow: 30, gateway: 365 } };
    const server = await startTestServer(open, { retention });
    const answer = await server.send('GET', '/api/v1/audit/retention');
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      200,
      {
        is_purging: true,
        default_retention_days: 90,
        category_retention_days: [
          { event_category: 'gateway', retention_days: 365 },
          { event_category: 'workflow', retention_days: 30 },
        ],
      },
    ]);
  });

  it('is seven years where nothing is configured, and says when nothing is purged', async () => {
    const server = await startTestServer(open, { retention: 'off' });
    const { text } = await server.send('GET', '/api/v1/audit/retention');
    expect(JSON.parse(text)).toEqual({
      is_purging: false,
      default_retention_days: 2_555,
      category_retention_days: [],
    });
  });
});
