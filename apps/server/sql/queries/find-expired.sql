-- Finds records whose retention period is over, oldest first: those under a policy, and those with a period of their own.
-- The oldest received time that any policy reaches lets the first part skip nearly everything. Records of partitions that
-- wait to be purged whole are left out.
select sequence::text as sequence
from (
  (
    select records.sequence
    from audit.present_records as records
    where log_id = $1
      and sequence > $2::bigint
      and not exists (
        select from unnest($6::bigint[], $7::bigint[]) as waiting (first_sequence, last_sequence)
        where records.sequence between waiting.first_sequence and waiting.last_sequence
      )
      and retention_days is null
      and received_at <= $4::timestamptz
      and event_category <> 'datastorage'
      and audit.expires_at(event_timestamp, received_at, event_category, retention_days) <= $3::timestamptz
      and not exists (
        select from audit.holds
        where holds.log_id = records.log_id
          and holds.correlation_id = records.correlation_id
          and released_sequence is null
      )
    order by records.sequence
    limit $5
  )
  union all
  (
    select records.sequence
    from audit.present_records as records
    where log_id = $1
      and sequence > $2::bigint
      and not exists (
        select from unnest($6::bigint[], $7::bigint[]) as waiting (first_sequence, last_sequence)
        where records.sequence between waiting.first_sequence and waiting.last_sequence
      )
      and retention_days is not null
      and event_category <> 'datastorage'
      and audit.expires_at(event_timestamp, received_at, event_category, retention_days) <= $3::timestamptz
      and not exists (
        select from audit.holds
        where holds.log_id = records.log_id
          and holds.correlation_id = records.correlation_id
          and released_sequence is null
      )
    order by records.sequence
    limit $5
  )
) as expired
order by expired.sequence
limit $5
