const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** Writes a number of bytes in the largest unit of which there is one: `812 bytes`, `4.2 MiB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
