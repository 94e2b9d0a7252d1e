-- Reads holds, newest first, each with the number of producers' records it covers now. Every filter is optional: active
-- ones only, before a hold, of one correlation, placed or released by one event.
select
  holds.placed_sequence::text as placed_sequence,
  holds.correlation_id,
  holds.placed_by,
  to_char(holds.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as placed_at,
  holds.reason,
  holds.released_sequence::text as released_sequence,
  holds.released_by,
  to_char(holds.released_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as released_at,
  holds.release_reason,
  (
    select count(*)::integer
    from audit.records
    where records.log_id = holds.log_id
      and records.correlation_id = holds.correlation_id
      and records.event_category <> 'datastorage'
  ) as events_affected
from audit.holds
where holds.log_id = $1
  and ($2::boolean or holds.released_sequence is null)
  and ($3::bigint is null or holds.placed_sequence < $3::bigint)
  and ($4::text is null or holds.correlation_id = $4::text)
  and (
    $5::uuid is null
    or (select records.sequence from audit.records where records.event_id = $5::uuid)
      in (holds.placed_sequence, holds.released_sequence)
  )
order by holds.placed_sequence desc
limit $6
