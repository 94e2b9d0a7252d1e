-- Finds the partitions that can be purged whole at a time, oldest first, with the ranges that a purge purges.
select
  first_sequence::text as first_sequence,
  (end_sequence - 1)::text as last_sequence,
  ranges::text as ranges
from audit.partitions
cross join lateral audit.purgeable_ranges($1, partitions.first_sequence, $2::timestamptz) as ranges
where ranges is not null
order by partitions.first_sequence
