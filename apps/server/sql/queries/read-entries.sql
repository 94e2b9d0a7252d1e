-- Reads the bytes of records by sequence; empty for a purged one.
select record::text as record
from audit.records
where log_id = $1 and sequence >= $2::bigint and sequence < $3::bigint
order by records.sequence
