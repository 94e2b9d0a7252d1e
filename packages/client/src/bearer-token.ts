/** What a token function is told. */
export interface TokenRequest {
  /** Whether the server refused the token it was given last (401, 403): a kept one must not be returned again. */
  readonly refused: boolean;
}

/**
 * A bearer token, or a function that returns the current one. The function is called before every request, so a
 * rotated token is used at once; keep inside it what is costly to obtain, until `refused` is true.
 */
export type BearerToken = string | ((request: TokenRequest) => string | Promise<string>);

/** The token of one server, and whether the server refused it. */
export class TokenSource {
  readonly #token: BearerToken | undefined;
  #isRefused = false;

  constructor(token: BearerToken | undefined) {
    this.#token = token;
  }

  /** Whether a refused token can be another one at the next request. */
  get canRefresh(): boolean {
    return typeof this.#token === 'function';
  }

  /** Makes the value of the Authorization header (RFC 6750, section 2.1); undefined without a token. */
  async header(): Promise<string | undefined> {
    if (this.#token === undefined) return undefined;
    const token =
      typeof this.#token === 'string' ? this.#token : await this.#token({ refused: this.#isRefused });
    return `Bearer ${token}`;
  }

  /** Notes the status that a request with this token was answered with. */
  note(status: number): void {
    this.#isRefused = isTokenRefusal(status);
  }
}

/** Whether a status says that the token is not accepted. */
export function isTokenRefusal(status: number): boolean {
  return status === 401 || status === 403;
}
