-- Counts the purged records of a correlation.
select count(*)::integer as purged
from audit.records
where log_id = $1 and correlation_id = $2 and purged_by is not null
