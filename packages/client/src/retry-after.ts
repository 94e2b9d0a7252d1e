/** Longest pause the client lets a server ask for; a wrong date must not silence delivery for ever. */
export const retryAfterMsMax = 3_600_000;

/** Reads a `Retry-After` header (RFC 9110, section 10.2.3: seconds or a date) as milliseconds from now; 0 without one. */
export function retryAfterMs(header: string | undefined, nowMs: number): number {
  if (header === undefined) return 0;
  const askedMs = /^\d+$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - nowMs;
  // Date.parse answers NaN for text that is no date: the header is then as good as absent.
  return Number.isNaN(askedMs) ? 0 : Math.min(Math.max(askedMs, 0), retryAfterMsMax);
}
