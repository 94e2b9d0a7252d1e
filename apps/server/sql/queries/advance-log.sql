-- Moves the log's end behind records that were written for this very end; takes the writer lock until the commit.
-- No row comes back when the log ends elsewhere.
update audit.logs
set size = $4::bigint, last_event_hash = $5
where log_id = $1 and size = $2::bigint and last_event_hash = $3
returning log_id
