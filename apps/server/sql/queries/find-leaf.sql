-- Finds where a record stands, by its event or by its sequence.
select event_id::text as event_id, sequence::text as sequence, encode(event_hash, 'hex') as event_hash
from audit.leaves
where log_id = $1 and (event_id = $2::uuid or sequence = $3::bigint)
