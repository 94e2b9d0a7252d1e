-- Reads the hashes of records by sequence, as one text.
select coalesce(string_agg(encode(event_hash, 'hex'), '' order by sequence), '') as hashes
from audit.leaves
where log_id = $1 and sequence >= $2::bigint and sequence < $3::bigint
