-- Tells how many full tiles of each level are stored; they are stored without gaps.
select level::integer as level, (max(tile_index) + 1)::text as count
from audit.tiles
where log_id = $1
group by tiles.level
order by tiles.level
