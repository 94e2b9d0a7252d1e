// The units of Go's time.ParseDuration in milliseconds; micro has two code points in Unicode.
const unitMs: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['\u00b5s', 1e-3],
  ['\u03bcs', 1e-3],
  ['ms', 1],
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

const pattern = /^[+-]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+)$/;

/**
 * Reads a duration as Go writes it, such as `1h30m` or `250ms`.
 * @returns milliseconds, negative ones too; undefined when the text is none
 */
export function parseGoDuration(text: string): number | undefined {
  if (!pattern.test(text)) return undefined;
  let durationMs = 0;
  for (const [, amount, unit = ''] of text.matchAll(/([\d.]+)([a-z\u00b5\u03bc]+)/g)) {
    durationMs += Number(amount) * (unitMs.get(unit) ?? 0);
  }
  return text.startsWith('-') ? -durationMs : durationMs;
}

/**
 * Writes a duration as Go does, rounded to seconds: `41s`, `1m32s`, `1h0m0s`.
 * @returns undefined when the milliseconds are no number, or too many to count
 */
export function goDuration(durationMs: number): string | undefined {
  const total = Math.round(durationMs / 1_000);
  if (!Number.isSafeInteger(total)) return undefined;
  const sign = total < 0 ? '-' : '';
  const seconds = Math.abs(total);
  const [hours, minutes] = [Math.trunc(seconds / 3_600), Math.trunc(seconds / 60) % 60];
  const parts = [`${hours}h`, `${minutes}m`, `${seconds % 60}s`];
  return sign + parts.slice(hours > 0 ? 0 : minutes > 0 ? 1 : 2).join('');
}
