/** Replaces a piece of the text of a record. */
export function edit(sequence: number, before: string, after: string): string {
  return setContents(sequence, `record = replace(record::text, ${quote(before)}, ${quote(after)})::json`);
}

/** Puts another text in the place of a record. */
export function overwrite(sequence: number, text: string): string {
  return setContents(sequence, `record = ${quote(text)}::json`);
}

/** Makes the stored hash of a record that of its text. */
export function rehash(sequence: number): string {
  return setLeaf(
    sequence,
    `event_hash = (select sha256('\\x00'::bytea || convert_to(record::text, 'UTF8'))
     from audit.contents where log_id = 'default' and sequence = ${sequence})`,
  );
}

/** Sets what is stored of a record for as long as it is not purged. */
export function setContents(sequence: number, assignments: string): string {
  return `update audit.contents set ${assignments} where ${at(sequence)}`;
}

/** Sets what is stored of a record for ever: its place, its identity, its hash. */
export function setLeaf(sequence: number, assignments: string): string {
  return `update audit.leaves set ${assignments} where ${at(sequence)}`;
}

/** Sets columns of the log. */
export function setLog(assignments: string): string {
  return `update audit.logs set ${assignments} where log_id = 'default'`;
}

/** Deletes records, leaves and contents, by a condition on their leaves. */
export function deleteRecords(condition: string): string {
  return `with gone as (
      delete from audit.leaves where log_id = 'default' and ${condition} returning sequence
    )
    delete from audit.contents where log_id = 'default' and sequence in (select sequence from gone)`;
}

/** Deletes contents and leaves the leaves. */
export function deleteContents(condition: string): string {
  return `delete from audit.contents where log_id = 'default' and ${condition}`;
}

const leafColumns = 'correlation_id, event_hash';
const contentsColumns = [
  'event_timestamp, received_at, event_type, event_category, event_action, event_outcome, actor_type, actor_id,',
  'resource_type, resource_id, parent_event_id, namespace, cluster_name, severity, duration_ms, retention_days, record',
].join(' ');

/** Moves leaves, contents and purges of records to other positions, which are those before any of these statements. */
export function renumber(condition: string, position: string): readonly string[] {
  return [
    moveContents(condition, position),
    `update audit.purges
     set first_sequence = -1 - place, last_sequence = last_sequence - sequence + place
     from (select sequence, ${position} as place from audit.leaves as moved
       where log_id = 'default' and ${condition}) as places
     where log_id = 'default' and first_sequence = sequence`,
    `update audit.purges set first_sequence = -1 - first_sequence where first_sequence < 0`,
    moveLeaves(condition, position),
  ];
}

/** Moves leaves to other positions, which are those before this statement. */
export function moveLeaves(condition: string, position: string): string {
  return move('leaves', `event_id, ${leafColumns}`, { condition, position });
}

/** Moves contents to other positions, which are those before this statement. */
export function moveContents(condition: string, position: string): string {
  return move('contents', contentsColumns, { condition, position });
}

interface Move {
  readonly condition: string;
  readonly position: string;
}

// The key is checked row by row: all of them must have gone before the first comes, which sorting sees to.
function move(table: 'leaves' | 'contents', columns: string, { condition, position }: Move): string {
  return `with moved as (delete from audit.${table} where log_id = 'default' and ${condition} returning *)
    insert into audit.${table} (log_id, sequence, ${columns})
    select log_id, ${position}, ${columns} from moved order by 2`;
}

/** Puts a copy of a leaf at another position, under an event id of its own. */
export function copyLeaf(from: number, to: number): string {
  return `insert into audit.leaves (log_id, sequence, event_id, ${leafColumns})
    select log_id, ${to}, gen_random_uuid(), ${leafColumns} from audit.leaves where ${at(from)}`;
}

/** Puts a copy of the contents of a record at another position. */
export function copyContents(from: number, to: number): string {
  return `insert into audit.contents (log_id, sequence, ${contentsColumns})
    select log_id, ${to}, ${contentsColumns} from audit.contents where ${at(from)}`;
}

/** Puts a copy of a record at another position, under an event id of its own. */
export function copyRecord(from: number, to: number): readonly string[] {
  return [copyLeaf(from, to), copyContents(from, to)];
}

/** Empties a record as a purge does. */
export function emptyRecord(sequence: number, purgedBy: number): readonly string[] {
  return [deleteContents(`sequence = ${sequence}`), addPurge(sequence, sequence, purgedBy)];
}

/** Says that a stretch was purged. */
export function addPurge(first: number, last: number, purgedBy: number): string {
  return `insert into audit.purges values ('default', ${first}, ${last}, ${purgedBy})`;
}

/** Sets columns of what is said of a purge. */
export function setPurge(first: number, assignments: string): string {
  return `update audit.purges set ${assignments} where log_id = 'default' and first_sequence = ${first}`;
}

/** Writes a text as SQL does. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

function at(sequence: number): string {
  return `log_id = 'default' and sequence = ${sequence}`;
}
