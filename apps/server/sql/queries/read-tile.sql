-- Reads a full tile when it is stored.
select encode(hashes, 'hex') as hashes from audit.tiles where log_id = $1 and level = $2 and tile_index = $3::bigint
