import { describe, expect, it } from 'vitest';
import { createAuditClient } from './create-audit-client.ts';
import { resolveNumbers } from './resolve-options.ts';

function messageOf(create: () => unknown): string {
  try {
    create();
  } catch (error) {
    expect(error).toMatchObject({ name: 'AuditError', code: 'invalid_configuration', retryable: false });
    return error instanceof Error ? error.message : '';
  }
  return 'nothing was thrown';
}

describe('the options of a client', () => {
  it('have the documented defaults', () => {
    expect(resolveNumbers({})).toEqual({
      batchEventsMax: 500,
      batchBytesMax: 1024 * 1024,
      lingerMs: 200,
      requestTimeoutMs: 10_000,
      backoffMinMs: 500,
      backoffMaxMs: 60_000,
      closeTimeoutMs: 10_000,
    });
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '500'])(
    'refuse %o as number of events',
    (value) => {
      expect(() => resolveNumbers({ batchEventsMax: value as number })).toThrow('option batchEventsMax');
    },
  );

  it('say which is wrong, what is expected and what came', () => {
    expect([
      messageOf(() => resolveNumbers({ lingerMs: -5 })),
      messageOf(() => resolveNumbers({ backoffMinMs: 100, backoffMaxMs: 50 })),
      messageOf(() => createAuditClient({ url: 'localhost:8080' })),
      messageOf(() => createAuditClient({ url: undefined as unknown as string })),
      messageOf(() => createAuditClient({ url: 'https://user:secret@audit.example' })),
      messageOf(() =>
        createAuditClient({ url: 'http://localhost', durability: 'memory' }).close({
          closeTimeoutMs: 2 ** 31,
        }),
      ),
    ]).toMatchInlineSnapshot(`
      [
        "audit client: option lingerMs: expected an integer from 0 to 2147483647, received -5",
        "audit client: option backoffMaxMs: expected at least backoffMinMs, 100, received 50",
        "audit client: option url: expected an http or https URL without credentials, received "localhost:8080"",
        "audit client: option url: expected an http or https URL without credentials, received nothing",
        "audit client: option url: expected an http or https URL without credentials, received an address with user name or password",
        "audit client: option closeTimeoutMs: expected an integer from 0 to 2147483647, received 2147483648",
      ]
    `);
  });
});
