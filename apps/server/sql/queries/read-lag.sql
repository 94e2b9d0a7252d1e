-- Reads how long after they happened the newest 100 records came, in milliseconds. Without a limit the planner would take the
-- newest for a third of the log.
select
  count(*)::integer as records,
  round(percentile_disc(0.5) within group (order by late))::double precision as median_ms,
  round(max(late))::double precision as max_ms
from (
  select greatest(0, extract(epoch from received_at - event_timestamp) * 1000) as late
  from audit.contents
  where log_id = $1
  order by sequence desc
  limit 100
) as newest
