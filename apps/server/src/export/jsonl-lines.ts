import type { ExportRow } from './open-export.ts';

/** Writes records one a line, exact bytes, and a `#purged` line in the place of each that was purged. */
export function jsonlLines(rows: readonly ExportRow[]): string {
  return rows.map((row) => `${row.record ?? purgedLine(row)}\n`).join('');
}

// In the form that evidence packs have, so that one verifier reads both.
function purgedLine({ sequence, event_hash, purged_by }: ExportRow): string {
  const purged = { sequence: Number(sequence), event_hash, by_sequence: Number(purged_by) };
  return `#purged ${JSON.stringify(purged)}`;
}
