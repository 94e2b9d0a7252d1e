-- What people and reports may read by SQL, as the role of `reader-role.sql`. The columns of these views keep their names and
-- meaning; the tables behind them may change with every version.

-- Every record, the purged ones included: those have their place, their identity and their hash, and the record that
-- purged them. Personal data is not in `event_data` but `_sd`, the digests that the record holds; `actor_id` is shown
-- until it is erased. No more than the record is known of an integer that jsonb cannot hold (131,072 digits).
create view audit.events as
select
  log_id,
  sequence,
  event_id,
  correlation_id,
  event_timestamp,
  received_at,
  event_type,
  event_category,
  event_action,
  event_outcome,
  actor_type,
  actor_id,
  resource_type,
  resource_id,
  parent_event_id,
  namespace,
  cluster_name,
  severity,
  duration_ms,
  retention_days,
  case
    when length(record::text) <= 131072 or record::text !~ '\d{255}' then (record -> 'event_data')::jsonb
  end as event_data,
  encode(event_hash, 'hex') as event_hash,
  record ->> 'previous_event_hash' as previous_event_hash,
  exists (
    select from audit.holds
    where holds.log_id = records.log_id
      and holds.correlation_id = records.correlation_id
      and holds.released_sequence is null
  ) as legal_hold,
  purged_by as purged_by_sequence,
  array(
    select pointer from audit.disclosures
    where disclosures.log_id = records.log_id
      and disclosures.sequence = records.sequence
      and disclosures.erased_by is not null
    order by pointer
  ) as erased_members
from (
  -- Apart, so that conditions on what a purge removes find the indexes of contents, and no purged record.
  select contents.*, leaves.event_id, leaves.correlation_id, leaves.event_hash, null::bigint as purged_by
  from audit.contents
  join audit.leaves on leaves.log_id = contents.log_id and leaves.sequence = contents.sequence
  union all
  select
    leaves.log_id, leaves.sequence, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
    null, null, null, leaves.event_id, leaves.correlation_id, leaves.event_hash, purges.purged_by
  from audit.purges
  join audit.leaves
    on leaves.log_id = purges.log_id and leaves.sequence between purges.first_sequence and purges.last_sequence
  where not exists (
    select from audit.contents
    where contents.log_id = leaves.log_id and contents.sequence = leaves.sequence
  )
) as records;

comment on view audit.events is 'Every record of every log; what a purge or an erasure took is null and marked.';

create view audit.legal_holds as
select
  log_id,
  correlation_id,
  case when released_sequence is null then 'active' else 'released' end as status,
  reason,
  placed_by,
  placed_at,
  placed_sequence,
  release_reason,
  released_by,
  released_at,
  released_sequence
from audit.holds;

comment on view audit.legal_holds is 'Every legal hold ever placed, and how it ended.';

create view audit.log_status as
select
  log_id,
  size,
  (
    select received_at from audit.records
    where records.log_id = logs.log_id and records.sequence = logs.size - 1
  ) as last_received_at,
  checkpoint,
  (
    select verifier_key from audit.log_keys
    where log_keys.log_id = logs.log_id
    order by first_size desc
    limit 1
  ) as verifier_key,
  (
    select count(*) from audit.holds
    where holds.log_id = logs.log_id and holds.released_sequence is null
  ) as active_holds
from audit.logs;

comment on view audit.log_status is 'Size, newest signed checkpoint and key of every log.';
