-- Reads the next records of a correlation, of those that a checkpoint covers, by their leaves: one whose contents are gone and
-- of which no purge tells is among them, which the view does not show.
select
  leaves.sequence::text as sequence,
  leaves.event_id::text as event_id,
  encode(leaves.event_hash, 'hex') as event_hash,
  contents.record::text as record,
  contents.record is null and exists (
    select
    from audit.purges
    where purges.log_id = leaves.log_id and leaves.sequence between purges.first_sequence and purges.last_sequence
  ) as is_purged
from audit.leaves
-- `offset 0` keeps the planner from merging all partitions from their beginning with a few leaves at the end.
left join lateral (
  select record
  from audit.contents
  where contents.log_id = leaves.log_id and contents.sequence = leaves.sequence
  offset 0
) as contents on true
where
  leaves.log_id = $1
  and leaves.correlation_id = $2
  and leaves.sequence > $3::bigint
  and leaves.sequence < $4::bigint
order by leaves.sequence
limit $5
