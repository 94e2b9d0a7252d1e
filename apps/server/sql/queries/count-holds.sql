-- Counts the holds, released ones included when asked for.
select count(*)::integer as total
from audit.holds
where log_id = $1 and ($2::boolean or released_sequence is null)
