-- Makes the partitions that are due, and tells where the last one ends and beyond which end of a log the next is due.
select last_end::text as last_end, next_due::text as next_due from audit.ensure_partitions($1::bigint, $2::bigint, $3::bigint)
