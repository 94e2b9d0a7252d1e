-- Reads which access policy the newest event about one tells of; no row when there is none, null when it tells of none.
select record::json -> 'event_data' ->> 'policy_sha256' as policy_sha256
from audit.contents
where log_id = $1 and event_type = 'datastorage.access_policy.changed'
order by sequence desc
limit 1
