-- Stores full tiles of one level; those that another process stored meanwhile stay as they are.
insert into audit.tiles (log_id, level, tile_index, hashes, root)
select $1, $2, $3::bigint + number - 1, decode(hashes, 'hex'), decode(root, 'hex')
from unnest($4::text[], $5::text[]) with ordinality as tile (hashes, root, number)
on conflict do nothing
