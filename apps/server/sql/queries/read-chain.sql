-- Reads the next records of a correlation, of those that a checkpoint covers.
select
  sequence::text as sequence,
  event_id::text as event_id,
  encode(event_hash, 'hex') as event_hash,
  record::text as record
from audit.records
where log_id = $1 and correlation_id = $2 and sequence > $3::bigint and sequence < $4::bigint
order by records.sequence
limit $5
