import { describe, expect, it } from 'vitest';
import type { TokenRequest } from './bearer-token.ts';
import { createTestClient, emitMany } from './client.test-support.ts';
import type { ClientState } from './client-state.ts';
import { startHttpServer } from './http-server.test-support.ts';
import { createHttpTransport } from './http-transport.ts';

/** A server that takes certain tokens, and a client whose tokens are numbered. */
async function setUp(isTaken: (token: string) => boolean, refusal = 401) {
  const server = await startHttpServer((response, { headers }) =>
    response.writeHead(isTaken(headers.authorization?.slice('Bearer '.length) ?? '') ? 201 : refusal).end(),
  );
  const asked: TokenRequest[] = [];
  const states: ClientState[] = [];
  const token = (request: TokenRequest) => `token-${asked.push(request)}`;
  const transport = createHttpTransport({ url: server.url, token });
  const { limits: _, ...withoutLimits } = transport;
  const { client, clock } = createTestClient({
    transport: withoutLimits,
    onStateChange: (state) => states.push(state),
  });
  return { server, asked, states, client, clock, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}

describe('a token function', () => {
  it.each([401, 403])(
    'is asked for another token after a %i, and the batch is sent again at once',
    async (status) => {
      await using test = await setUp((token) => token !== 'token-1', status);
      emitMany(test.client, 1);
      expect(await test.client.flush()).toMatchObject({ delivered: true, acknowledged: 1 });
      expect(test.asked).toEqual([{ refused: false }, { refused: true }]);
      expect(test.states).toEqual(['delivering', 'idle']);
      expect(test.client.metrics()).toMatchObject({ requests: 2, retries: 1 });
    },
  );

  it('is asked at once only once: a second refusal in a row pauses delivery and raises the alarm', async () => {
    await using test = await setUp(() => false);
    emitMany(test.client, 1);
    expect(await test.client.flush()).toMatchObject({ delivered: false, spooled: 1 });
    expect(test.server.requests).toHaveLength(2);
    expect(test.states).toEqual(['delivering', 'unauthorized']);
    emitMany(test.client, 5);
    expect(test.client.metrics()).toMatchObject({ spooled: 6, dead: 0, rejected: 0 });
    await test.client.flush();
    expect(test.server.requests).toHaveLength(3);
    expect(test.asked.map(({ refused }) => refused)).toEqual([false, true, true]);
  });

  it('is asked for another token again when one that was taken is refused later', async () => {
    const refused = new Set(['token-1', 'token-3']);
    await using test = await setUp((token) => !refused.has(token));
    emitMany(test.client, 1);
    await test.client.flush();
    emitMany(test.client, 1);
    expect(await test.client.flush()).toMatchObject({ delivered: true, acknowledged: 2 });
    expect(test.asked.map(({ refused }) => refused)).toEqual([false, true, false, true]);
  });

  it('that throws keeps the events', async () => {
    await using server = await startHttpServer((response) => response.writeHead(201).end());
    const token = () => {
      throw new Error('no identity provider');
    };
    const failures: (string | undefined)[] = [];
    const { client } = createTestClient({
      transport: createHttpTransport({ url: server.url, token }),
      onStateChange: (_state, failure) => failures.push(failure?.message),
    });
    emitMany(client, 1);
    expect(await client.flush()).toMatchObject({ delivered: false, spooled: 1 });
    expect(failures.at(-1)).toContain('no identity provider');
  });
});

describe('a token that is text', () => {
  it('is not tried a second time at once', async () => {
    await using server = await startHttpServer((response) => response.writeHead(401).end());
    const { client } = createTestClient({
      transport: createHttpTransport({ url: server.url, token: 'old' }),
    });
    emitMany(client, 1);
    await client.flush();
    expect(server.requests).toHaveLength(1);
    expect(client.metrics().state).toBe('unauthorized');
  });
});
