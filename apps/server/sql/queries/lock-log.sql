-- Takes the log's writer lock and tells where the log ends.
select size::text as size, last_event_hash, encode(frontier, 'hex') as frontier, checkpoint
from audit.logs
where log_id = $1
for update
