-- Reads the roots of full tiles of one level that are stored, as one text.
select count(*)::integer as count, coalesce(string_agg(encode(root, 'hex'), '' order by tile_index), '') as roots
from audit.tiles
where log_id = $1 and level = $2 and tile_index >= $3::bigint and tile_index < $4::bigint
