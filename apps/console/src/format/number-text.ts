const format = new Intl.NumberFormat('en');

/** Writes a whole number with its thousands apart: `1,000,000`. */
export function numberText(value: number): string {
  return format.format(value);
}
