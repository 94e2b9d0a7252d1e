/** Writes a duration for a person: `7ms`, `0.8s`, `31s`, `3m04s`, `1h05m`, `2d03h`. Negative ones begin with `-`. */
export function durationText(durationMs: number): string {
  const ms = Math.abs(durationMs);
  const sign = durationMs < 0 ? '-' : '';
  if (ms < 100) return `${sign}${Math.round(ms)}ms`;
  if (ms < 9_950) return `${sign}${(ms / 1_000).toFixed(1)}s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${sign}${seconds}s`;
  if (seconds < 3_600) return `${sign}${twoUnits(seconds, 60, ['m', 's'])}`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1_440) return `${sign}${twoUnits(minutes, 60, ['h', 'm'])}`;
  return `${sign}${twoUnits(Math.floor(minutes / 60), 24, ['d', 'h'])}`;
}

function twoUnits(count: number, size: number, [large, small]: readonly [string, string]): string {
  return `${Math.floor(count / size)}${large}${String(count % size).padStart(2, '0')}${small}`;
}
