import { createHash } from 'node:crypto';
import pg from 'pg';

/** A record as it lies in the database. */
export interface StoredRecord {
  readonly sequence: number;
  readonly eventId: string;
  readonly correlationId: string;
  /** In hex, as its column says. */
  readonly eventHash: string;
  /** In hex, computed from the bytes. */
  readonly computedHash: string;
  /** The record's members. */
  readonly members: Readonly<Record<string, unknown>>;
}

interface Row {
  readonly sequence: string;
  readonly event_id: string;
  readonly correlation_id: string;
  readonly event_hash: string;
  readonly record: string;
}

const pageRows = 5_000;

/** Reads every record in order, page by page. */
export async function* readStoredRecords(databaseUrl: string): AsyncGenerator<StoredRecord> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let after = -1;
    for (;;) {
      const { rows } = await client.query<Row>(page, [after, pageRows]);
      yield* rows.map(toRecord);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = Number(last.sequence);
    }
  } finally {
    await client.end();
  }
}

/** Tells how many records the logs say they hold. */
export async function countStoredRecords(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ size: string }>('select size::text as size from audit.logs');
    return rows.reduce((sum, row) => sum + Number(row.size), 0);
  } finally {
    await client.end();
  }
}

const page = `
  select sequence::text, event_id::text, correlation_id, encode(event_hash, 'hex') as event_hash, record::text
  from audit.records
  where log_id = 'default' and records.sequence > $1
  order by records.sequence
  limit $2`;

function toRecord(row: Row): StoredRecord {
  return {
    sequence: Number(row.sequence),
    eventId: row.event_id,
    correlationId: row.correlation_id,
    eventHash: row.event_hash,
    computedHash: createHash('sha256').update('\0').update(row.record).digest('hex'),
    // A record is an object: the server wrote it.
    members: JSON.parse(row.record) as Record<string, unknown>,
  };
}
