import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { onTestFinished } from 'vitest';

/** An OpenID Connect issuer on loopback with one key. */
export interface TestIssuer {
  readonly url: string;
  /** Requests that it answered. */
  readonly asked: () => readonly string[];
  /** Answers everything with this status from now on. */
  fail(status: number): void;
  /** Signs a token that holds for an hour from the time given, unless the claims say otherwise; undefined leaves one out. */
  sign(
    claims: Readonly<Record<string, unknown>>,
    options?: { readonly kid?: string; readonly now?: number },
  ): Promise<string>;
}

/** Starts an issuer for the running test. */
export async function startTestIssuer(): Promise<TestIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'first', alg: 'ES256', use: 'sig' }] };
  const asked: string[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const body = request.url === '/keys' ? jwks : { issuer: url, jwks_uri: `${url}/keys` };
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // The address of a server that listens on TCP.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    url,
    asked: () => asked,
    fail(next) {
      status = next;
    },
    sign(claims, { kid = 'first', now = Date.now() } = {}) {
      const all = { iss: url, aud: 'audit', exp: Math.floor(now / 1_000) + 3_600, ...claims };
      const payload = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
      return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
    },
  };
}
