-- Takes the log's writer lock and tells how many records it holds.
select size::text as size from audit.logs where log_id = $1 for update
