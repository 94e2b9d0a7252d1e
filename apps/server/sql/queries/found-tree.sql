-- Gives a log its tree and first checkpoint when it has none and ends where they were made for.
update audit.logs
set frontier = decode($4, 'hex'), checkpoint = $5
where log_id = $1 and size = $2::bigint and last_event_hash = $3 and frontier is null
returning log_id
