-- Finds what no checkpoint covers: a leaf or contents at or beyond the log's end, or before its beginning.
select sequence::text as sequence
from (
  (select sequence from audit.leaves where log_id = $1 and sequence >= $2::bigint limit 1)
  union all
  (select sequence from audit.contents where log_id = $1 and sequence >= $2::bigint limit 1)
  union all
  (select sequence from audit.leaves where log_id = $1 and sequence < 0 limit 1)
  union all
  (select sequence from audit.contents where log_id = $1 and sequence < 0 limit 1)
) as beyond
limit 1
