import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { z } from 'zod';
import type { IssuerPolicy } from './access-policy.ts';
import type { Identity } from './grants.ts';

/** An issuer's keys cannot be had now, so nothing is known about its tokens. */
export class IssuerUnavailableError extends Error {
  override readonly name = 'IssuerUnavailableError';
}

// Only signatures by a key that the issuer alone has: with a shared secret, or with none, anybody could be the issuer.
const algorithms = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const clockToleranceSeconds = 30;
const askTimeoutMs = 5_000;

/** An issuer of JSON Web Tokens (OpenID Connect). Its keys are read when the first token comes, and kept. */
export class TokenIssuer {
  readonly policy: IssuerPolicy;
  readonly #now: () => number;
  #keys: Promise<JWTVerifyGetKey> | undefined;

  /** @param now milliseconds since 1970 */
  constructor(policy: IssuerPolicy, now: () => number) {
    this.policy = policy;
    this.#now = now;
  }

  /**
   * Says whom a token names; undefined when it does not hold.
   * @throws {IssuerUnavailableError} when its keys are needed and cannot be read
   */
  async verify(token: string): Promise<Identity | undefined> {
    const { audience, issuer, subject_claim: subjectClaim } = this.policy;
    try {
      const { payload } = await jwtVerify(token, this.#keyOf, {
        issuer,
        audience,
        algorithms,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(this.#now()),
        requiredClaims: ['exp', subjectClaim],
      });
      return this.#identityOf(payload);
    } catch (error) {
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  readonly #keyOf: JWTVerifyGetKey = async (header, token) => {
    try {
      this.#keys ??= this.#findKeys();
      return await (await this.#keys)(header, token);
    } catch (error) {
      // That the issuer has no such key is its answer; anything else means that it gave none.
      if (isAboutToken(error)) throw error;
      throw new IssuerUnavailableError(`the keys of ${this.policy.issuer} cannot be read`, { cause: error });
    }
  };

  async #findKeys(): Promise<JWTVerifyGetKey> {
    try {
      const url = this.policy.jwks_uri ?? (await discoverKeys(this.policy.issuer));
      return createRemoteJWKSet(new URL(url), { timeoutDuration: askTimeoutMs });
    } catch (error) {
      // The next token asks again.
      this.#keys = undefined;
      throw error;
    }
  }

  #identityOf(payload: JWTPayload): Identity | undefined {
    const subject = payload[this.policy.subject_claim];
    const groups = payload[this.policy.groups_claim];
    if (typeof subject !== 'string') return undefined;
    const listed: readonly unknown[] = Array.isArray(groups) ? groups : [groups];
    return { subject, groups: listed.filter((group) => typeof group === 'string') };
  }
}

function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

// OpenID Connect Discovery 1.0, section 4.
async function discoverKeys(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(askTimeoutMs) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const document = discovery.parse(await answer.json());
  if (document.issuer === issuer) return document.jwks_uri;
  throw new Error(`${url} is of another issuer`);
}
