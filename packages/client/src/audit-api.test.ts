import { expect, it } from 'vitest';
import { createAuditApi } from './audit-api.ts';
import { startHttpServer } from './http-server.test-support.ts';

it('asks the server with the token, below the prefix of the url', async () => {
  await using server = await startHttpServer((response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":[]}'),
  );
  const api = createAuditApi({ url: `${server.url}/audit/`, token: 'secret' });
  const { data } = await api.GET('/api/v1/audit/events', { params: { query: { correlation_id: 'rr 1' } } });
  expect(data).toEqual({ data: [] });
  expect(server.requests).toMatchObject([
    {
      method: 'GET',
      path: '/audit/api/v1/audit/events?correlation_id=rr%201',
      headers: { authorization: 'Bearer secret' },
    },
  ]);
});

it('refuses an address that cannot be used', () => {
  expect(() => createAuditApi({ url: 'ftp://audit.example' })).toThrow(
    expect.objectContaining({ code: 'invalid_configuration' }),
  );
});
