import type { Disclosure } from '@audit/integrity';
import { readPresentDisclosures } from '../record/read-disclosures.ts';
import type { ExportRow } from './record-batches.ts';

/**
 * Writes records one a line, exact bytes, each with a `#disclosure` line for every value that goes with it, and a `#purged`
 * line in the place of each that was purged. The lines have the form of evidence packs, so that one verifier reads both.
 */
export async function* jsonlPieces(batches: AsyncIterable<readonly ExportRow[]>): AsyncGenerator<Uint8Array> {
  for await (const rows of batches) yield Buffer.from(linesOf(rows));
}

function linesOf(rows: readonly ExportRow[]): string {
  return rows.map((row) => (row.record === null ? purgedLine(row) : recordLines(row.record, row))).join('');
}

function recordLines(record: string, { disclosures }: ExportRow): string {
  return [record, ...readPresentDisclosures(disclosures).map(disclosureLine)]
    .map((line) => `${line}\n`)
    .join('');
}

function disclosureLine(disclosure: Disclosure): string {
  return `#disclosure ${JSON.stringify(disclosure)}`;
}

function purgedLine({ sequence, event_hash, purged_by }: ExportRow): string {
  const purged = { sequence: Number(sequence), event_hash, by_sequence: Number(purged_by) };
  return `#purged ${JSON.stringify(purged)}\n`;
}
