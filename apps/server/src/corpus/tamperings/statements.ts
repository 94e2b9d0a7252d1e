/** Replaces a piece of the text of a record. */
export function edit(sequence: number, before: string, after: string): string {
  return `update audit.records set record = replace(record::text, ${quote(before)}, ${quote(after)})::json
    where log_id = 'default' and sequence = ${sequence}`;
}

/** Puts another text in the place of a record. */
export function overwrite(sequence: number, text: string): string {
  return `update audit.records set record = ${quote(text)}::json where log_id = 'default' and sequence = ${sequence}`;
}

/** Makes the stored hash of a record that of its text. */
export function rehash(sequence: number): string {
  return `update audit.records set event_hash = sha256('\\x00'::bytea || convert_to(record::text, 'UTF8'))
    where log_id = 'default' and sequence = ${sequence}`;
}

/** Sets columns of a record. */
export function setColumns(sequence: number, assignments: string): string {
  return `update audit.records set ${assignments} where log_id = 'default' and sequence = ${sequence}`;
}

/** Sets columns of the log. */
export function setLog(assignments: string): string {
  return `update audit.logs set ${assignments} where log_id = 'default'`;
}

/** Deletes records by a condition. */
export function deleteRecords(condition: string): string {
  return `delete from audit.records where log_id = 'default' and ${condition}`;
}

/** Moves records to other positions; they get there by way of free ones, as the key is checked row by row. */
export function renumber(condition: string, position: string): readonly string[] {
  const away = 1_000_000;
  return [
    `update audit.records set sequence = (${position}) + ${away} where log_id = 'default' and ${condition}`,
    `update audit.records set sequence = sequence - ${away} where log_id = 'default' and sequence >= ${away}`,
  ];
}

const columns = [
  'correlation_id, event_timestamp, received_at, event_type, event_category, event_action, event_outcome, actor_type,',
  'actor_id, resource_type, resource_id, parent_event_id, namespace, cluster_name, severity, duration_ms, event_hash,',
  'record, retention_days',
].join(' ');

/** Puts a copy of a record at another position, under an event id of its own. */
export function copyRecord(from: number, to: number): string {
  return `insert into audit.records (log_id, sequence, event_id, ${columns})
    select log_id, ${to}, gen_random_uuid(), ${columns} from audit.records
    where log_id = 'default' and sequence = ${from}`;
}

/** Empties a record as a purge does. */
export function emptyRecord(sequence: number, purgedBy: number): string {
  const names = columns.split(', ').filter((name) => !['correlation_id', 'event_hash'].includes(name));
  return setColumns(sequence, `purged_by = ${purgedBy}, ${names.map((name) => `${name} = null`).join(', ')}`);
}

/** Writes a text as SQL does. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
