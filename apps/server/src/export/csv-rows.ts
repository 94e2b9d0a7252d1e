import { parseExactJson } from '../http/parse-exact-json.ts';
import { readDisclosures } from '../record/read-disclosures.ts';
import { revealPersonalData } from '../record/reveal-personal-data.ts';
import type { ExportRow } from './record-batches.ts';

const envelopeColumns = [
  'sequence',
  'event_id',
  'event_timestamp',
  'event_type',
  'event_category',
  'event_action',
  'event_outcome',
  'correlation_id',
  'parent_event_id',
  'actor_type',
  'actor_id',
  'resource_type',
  'resource_id',
  'namespace',
  'cluster_name',
  'severity',
  'duration_ms',
  'retention_days',
  'version',
  'log_id',
  'received_at',
  'previous_event_hash',
] as const;

const columns = [...envelopeColumns, 'event_hash', 'purged_by_sequence', 'event_data'] as const;

type CsvRow = Partial<Record<(typeof columns)[number], unknown>>;

/**
 * Writes a header and records as rows of CSV (RFC 4180), with the values of personal data that go with them in the cells.
 * The header comes with the first batch.
 */
export async function* csvPieces(
  batches: AsyncIterable<readonly ExportRow[]>,
  logId: string,
): AsyncGenerator<Uint8Array> {
  let header = `${columns.join(',')}\r\n`;
  for await (const rows of batches) {
    yield Buffer.from(header + csvRows(rows, logId));
    header = '';
  }
  if (header !== '') yield Buffer.from(header);
}

function csvRows(rows: readonly ExportRow[], logId: string): string {
  return rows.map((row) => csvLine(cellsOf(row, logId))).join('');
}

function cellsOf(row: ExportRow, logId: string): unknown[] {
  const members = row.record === null ? purgedMembers(row, logId) : membersOf(row.record, row);
  const known: CsvRow = { ...members, event_hash: row.event_hash, purged_by_sequence: row.purged_by };
  return columns.map((column) => known[column]);
}

function purgedMembers({ sequence, event_id, correlation_id }: ExportRow, logId: string): CsvRow {
  return { sequence, event_id, correlation_id, log_id: logId };
}

function membersOf(record: string, { disclosures }: ExportRow): CsvRow {
  // The server wrote it: an object with these members.
  const members = parseExactJson(revealPersonalData(record, readDisclosures(disclosures))) as CsvRow;
  return { ...members, event_data: JSON.stringify(members.event_data) };
}

function csvLine(cells: readonly unknown[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

// What spreadsheets take for a formula, or for the mark that says it is none (OWASP, "CSV Injection").
const formulaStart = /^[=+\-@'\t\r\n\uff1d\uff0b\uff0d\uff20]/;

function csvCell(value: unknown): string {
  if (value === undefined || value === null) return '';
  const text = String(value);
  const harmless = formulaStart.test(text) ? `'${text}` : text;
  return /[",\r\n\t;]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
