-- Finds the newest record's hash of each correlation.
select wanted.correlation_id, encode(head.event_hash, 'hex') as event_hash
from unnest($2::text[]) as wanted (correlation_id)
cross join lateral (
  select event_hash
  from audit.leaves
  where log_id = $1 and correlation_id = wanted.correlation_id
  order by sequence desc
  limit 1
) as head
