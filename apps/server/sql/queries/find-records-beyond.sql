-- Finds what no checkpoint covers: a record at or beyond the log's end, or before its beginning.
(select sequence::text as sequence from audit.records where log_id = $1 and sequence >= $2::bigint limit 1)
union all
(select sequence::text as sequence from audit.records where log_id = $1 and sequence < 0 limit 1)
