const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
] as const;

/** Writes a span of milliseconds with its two largest units: `820 ms`, `4.2 s`, `3 m 43 s`, `2 h 5 m`. */
export function durationText(milliseconds: number): string {
  const sign = milliseconds < 0 ? '−' : '';
  const span = Math.abs(milliseconds);
  if (span < 1_000) return `${sign}${Math.round(span)} ms`;
  if (span < 60_000) return `${sign}${(Math.floor(span / 100) / 10).toFixed(1)} s`;
  const first = units.findIndex(([, length]) => span >= length);
  let rest = span;
  const parts = units.slice(first, first + 2).map(([unit, length]) => {
    const count = Math.floor(rest / length);
    rest -= count * length;
    return `${count} ${unit}`;
  });
  return `${sign}${parts.join(' ')}`;
}
