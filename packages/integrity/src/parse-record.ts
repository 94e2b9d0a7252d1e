/** What a verification reads in a record. */
export interface RecordMembers {
  readonly eventId: string;
  readonly logId: string;
  readonly sequence: number;
  readonly correlationId: string;
  /** 64 hex digits, or empty for the first record of its correlation. */
  readonly previousEventHash: string;
  /** Everything the record says. */
  readonly members: Readonly<Record<string, unknown>>;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses a record of whatever form; undefined when the bytes are no record. */
export function safeParseRecord(record: Uint8Array | string): RecordMembers | undefined {
  const members = parseObject(record);
  if (members === undefined) return undefined;
  const {
    event_id: eventId,
    log_id: logId,
    sequence,
    correlation_id: correlationId,
    previous_event_hash: previousEventHash,
  } = members;
  if (typeof eventId !== 'string' || typeof logId !== 'string' || typeof correlationId !== 'string')
    return undefined;
  if (typeof previousEventHash !== 'string' || !/^(?:[0-9a-f]{64})?$/.test(previousEventHash))
    return undefined;
  if (typeof sequence !== 'number' || !Number.isSafeInteger(sequence) || sequence < 0) return undefined;
  return { eventId, logId, sequence, correlationId, previousEventHash, members };
}

function parseObject(record: Uint8Array | string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(typeof record === 'string' ? record : decoder.decode(record));
    // JSON has no other objects than records of names and arrays.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
