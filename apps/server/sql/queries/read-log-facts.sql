-- Reads what the metrics show of a log; each part is one look into an index.
select
  size::text as size,
  extract(epoch from (
    select received_at from audit.contents where contents.log_id = logs.log_id and sequence = size - 1
  ))::double precision as newest_at,
  (
    select coalesce(max(tile_index) + 1, 0) from audit.tiles where tiles.log_id = logs.log_id and level = 0
  )::text as tiles,
  (
    select count(*) from audit.holds where holds.log_id = logs.log_id and released_sequence is null
  )::integer as holds
from audit.logs
where log_id = $1
