-- Moves the log's size behind the records just written.
update audit.logs set size = $2::bigint where log_id = $1
