-- Counts the producers' records of a correlation that a hold would cover.
select count(*)::integer as total
from audit.records
where log_id = $1 and correlation_id = $2 and event_category <> 'datastorage'
