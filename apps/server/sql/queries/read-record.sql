-- Reads the bytes and the hash of one record; no bytes when it was purged.
select record::text as record, encode(event_hash, 'hex') as event_hash
from audit.records
where log_id = $1 and sequence = $2::bigint
