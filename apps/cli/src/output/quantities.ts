/** Writes a count with its noun: `1 event`, `12,000 events`. */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Writes a count for a person: `12,000`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** Writes bytes for a person: `512 B`, `1.5 MiB`. */
export function formatBytes(bytes: number): string {
  const unit = byteUnits.findLast(({ size }) => bytes >= size);
  return unit === undefined ? `${bytes} B` : `${(bytes / unit.size).toFixed(1)} ${unit.name}`;
}

const byteUnits = ['KiB', 'MiB', 'GiB'].map((name, index) => ({ name, size: 1024 ** (index + 1) }));

/** Writes how long ago something was, in its two largest units: `3d 4h`, `12m 5s`, `0s`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const parts = [
    { unit: 'd', value: Math.floor(seconds / 86_400) },
    { unit: 'h', value: Math.floor(seconds / 3_600) % 24 },
    { unit: 'm', value: Math.floor(seconds / 60) % 60 },
    { unit: 's', value: seconds % 60 },
  ];
  const first = parts.findIndex(({ value }) => value > 0);
  const shown = first === -1 ? parts.slice(-1) : parts.slice(first, first + 2);
  return shown
    .filter(({ value }, index) => index === 0 || value > 0)
    .map(({ unit, value }) => `${value}${unit}`)
    .join(' ');
}
