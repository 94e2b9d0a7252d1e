/** How much the server lets its clients hold of it. */
export interface HttpLimits {
  /** Time in which a whole request must have come, in milliseconds; default 30,000. */
  readonly requestTimeoutMs: number;
  /** Time after which a connection is cut on which nothing moves, in milliseconds; default 120,000. */
  readonly idleTimeoutMs: number;
  /** Bytes of bodies that are held at one time; default 256 MiB. */
  readonly bodiesBytesMax: number;
  /** Exports and verifications that are under way at one time; default 8. */
  readonly exportsMax: number;
}

/** The limits of a server that was told nothing else. */
export const defaultHttpLimits: HttpLimits = {
  requestTimeoutMs: 30_000,
  idleTimeoutMs: 120_000,
  bodiesBytesMax: 256 * 1_048_576,
  exportsMax: 8,
};
