-- Tells how many records a correlation has, and how many of them were purged.
select count(*)::integer as records, count(purged_by)::integer as purged
from audit.records
where log_id = $1 and correlation_id = $2
