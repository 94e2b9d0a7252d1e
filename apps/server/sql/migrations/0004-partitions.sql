-- A record in two tables. Its leaf stays for ever: place, identity, hash. Its contents go when their time is over, a
-- whole partition at once where that is possible. The view `audit.records` shows both as one record.
-- An existing log is turned without copying its contents; it is locked meanwhile, and running servers spool.

create table audit.leaves (
  log_id text not null,
  sequence bigint not null,
  event_id uuid not null,
  correlation_id text not null,
  event_hash bytea not null check (length(event_hash) = 32)
);

insert into audit.leaves
select log_id, sequence, event_id, correlation_id, event_hash
from audit.records
order by log_id, sequence;

alter table audit.leaves add primary key (log_id, sequence);
-- One event is stored once, whichever log it went to.
create unique index leaves_event_id on audit.leaves (event_id);
create index leaves_correlation on audit.leaves (log_id, correlation_id, sequence);

-- Which contents were purged, and the sequence of the event that purged them. The ranges of a log do not overlap.
create table audit.purges (
  log_id text not null,
  first_sequence bigint not null,
  last_sequence bigint not null,
  purged_by bigint not null,
  primary key (log_id, first_sequence),
  constraint purges_not_empty check (first_sequence <= last_sequence)
);

insert into audit.purges
select log_id, min(sequence), max(sequence), purged_by
from (
  select
    log_id, sequence, purged_by, sequence - row_number() over (partition by log_id, purged_by order by sequence) as run
  from audit.records
  where purged_by is not null
) as purged
group by log_id, purged_by, run;

drop trigger records_obeyed on audit.records;
drop trigger records_unchanged on audit.records;
drop trigger records_change_checked on audit.records;
drop function audit.purge_records(audit.records, jsonb);
drop function audit.erase_members(audit.records, jsonb);
drop function audit.check_record_change();

delete from audit.records where purged_by is not null;

-- What is left of the table becomes the first partition.
alter table audit.records rename to contents_0;
alter index audit.records_pkey rename to contents_0_pkey;
alter index audit.records_category rename to contents_0_log_id_event_category_sequence_idx;
alter index audit.records_type rename to contents_0_log_id_event_type_sequence_idx;
alter index audit.records_time rename to contents_0_event_timestamp_idx;
alter index audit.records_received rename to contents_0_received_at_idx;
alter index audit.records_own_retention rename to contents_0_log_id_sequence_idx;
alter table audit.contents_0
  drop column event_id,
  drop column correlation_id,
  drop column event_hash,
  drop column purged_by,
  alter column event_timestamp set not null,
  alter column received_at set not null,
  alter column event_type set not null,
  alter column event_category set not null,
  alter column event_action set not null,
  alter column event_outcome set not null,
  alter column actor_type set not null,
  alter column resource_type set not null,
  alter column resource_id set not null,
  alter column record set not null;

-- `record` holds the bytes that are hashed, exported and verified; the other columns exist for filtering alone.
-- `actor_id` is empty after an erasure.
create table audit.contents (
  log_id text not null,
  sequence bigint not null,
  event_timestamp timestamptz not null,
  received_at timestamptz not null,
  event_type text not null,
  event_category text not null,
  event_action text not null,
  event_outcome text not null,
  actor_type text not null,
  actor_id text,
  resource_type text not null,
  resource_id text not null,
  parent_event_id uuid,
  namespace text,
  cluster_name text,
  severity text,
  duration_ms bigint,
  retention_days integer,
  record json not null,
  primary key (log_id, sequence)
) partition by range (sequence);

create index contents_category on audit.contents (log_id, event_category, sequence);
create index contents_type on audit.contents (log_id, event_type, sequence);
create index contents_time on audit.contents using brin (event_timestamp);
create index contents_received on audit.contents using brin (received_at);
create index contents_own_retention on audit.contents (log_id, sequence) where retention_days is not null;

-- A leaf without contents is a record only if a purge says so: what was deleted behind the server's back is missing.
create view audit.records as
select *
from (
  select
    leaves.log_id,
    leaves.sequence,
    leaves.event_id,
    leaves.correlation_id,
    contents.event_timestamp,
    contents.received_at,
    contents.event_type,
    contents.event_category,
    contents.event_action,
    contents.event_outcome,
    contents.actor_type,
    contents.actor_id,
    contents.resource_type,
    contents.resource_id,
    contents.parent_event_id,
    contents.namespace,
    contents.cluster_name,
    contents.severity,
    contents.duration_ms,
    contents.retention_days,
    case when contents.sequence is null then (
      select case when purges.last_sequence >= leaves.sequence then purges.purged_by end
      from audit.purges
      where purges.log_id = leaves.log_id and purges.first_sequence <= leaves.sequence
      order by purges.first_sequence desc
      limit 1
    ) end as purged_by,
    leaves.event_hash,
    contents.record
  from audit.leaves
  -- `offset 0` keeps the planner from merging all partitions from their beginning with a few leaves at the end.
  left join lateral (
    select *
    from audit.contents
    where contents.log_id = leaves.log_id and contents.sequence = leaves.sequence
    offset 0
  ) as contents on true
) as records
where record is not null or purged_by is not null;

-- The records that are not purged, for conditions on their contents: found by their indexes, partition by partition.
create view audit.present_records as
select contents.*, leaves.event_id, leaves.correlation_id, leaves.event_hash, null::bigint as purged_by
from audit.contents
cross join lateral (
  select event_id, correlation_id, event_hash
  from audit.leaves
  where leaves.log_id = contents.log_id and leaves.sequence = contents.sequence
  offset 0
) as leaves;

-- These take a row of `audit.records`, which was a table: they are made again, unchanged, for a row of the view.
do $$
declare
  outdated oid;
begin
  foreach outdated in array array[
    'audit.place_hold(audit.contents_0, jsonb)'::regprocedure,
    'audit.release_hold(audit.contents_0, jsonb)'::regprocedure,
    'audit.rotate_key(audit.contents_0, jsonb)'::regprocedure
  ]::oid[] loop
    execute replace(pg_get_functiondef(outdated), '(event audit.contents_0,', '(event audit.records,');
    execute format('drop function %s', outdated::regprocedure);
  end loop;
end
$$;

-- A partition holds the contents of a stretch of every log: from `first_sequence` up to, not including, `end_sequence`.
create table audit.partitions (
  first_sequence bigint primary key,
  end_sequence bigint not null unique,
  made_at timestamptz not null,
  constraint partitions_not_empty check (first_sequence < end_sequence)
);

create function audit.admit_partition(first_sequence bigint, end_sequence bigint, made_at timestamptz) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  name text := 'contents_' || first_sequence;
begin
  execute format(
    'alter table audit.contents attach partition audit.%I for values from (%s) to (%s)',
    name, first_sequence, end_sequence
  );
  -- A statement that names the partition fires no statement trigger of the parent.
  execute format(
    'create trigger contents_unchanged before update or delete or truncate on audit.%I
     for each statement execute function audit.refuse_change(%L)',
    name, 'UPDATE DELETE TRUNCATE'
  );
  insert into audit.partitions values (first_sequence, end_sequence, made_at);
end
$$;

-- Makes partitions until two are empty behind `needed` and behind every log's end, and tells where the last one ends and
-- beyond which end of a log another one is due. A partition is to last about a month: the next is twice as wide as the
-- last when the log needed less than a month since that was made, and half as wide when it needed more than four.
create function audit.ensure_partitions(
  needed bigint, smallest bigint default 1048576, largest bigint default 4294967296,
  out last_end bigint, out next_due bigint
)
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  occupied bigint;
  width bigint;
begin
  perform pg_advisory_xact_lock(hashtextextended('audit.partitions', 0));
  -- Whoever may call this must not be able to make any number of tables.
  select greatest(end_of_logs, least(needed, end_of_logs + 1048576)) into occupied
  from (select coalesce(max(size), 0) as end_of_logs from audit.logs) as logs;
  select (end_sequence - first_sequence) * case
    when made_at > clock_timestamp() - interval '30 days' then 2
    when made_at > clock_timestamp() - interval '120 days' then 1
    else 0.5
  end into width
  from audit.partitions
  order by first_sequence desc
  limit 1;
  -- Whole tiles, so that a tile's records have one fate.
  width := least(largest, greatest(smallest, width / 65536 * 65536));
  loop
    select max(end_sequence) into last_end from audit.partitions;
    select first_sequence into next_due from audit.partitions order by first_sequence desc offset 1 limit 1;
    exit when next_due >= occupied;
    last_end := coalesce(last_end, 0);
    -- Attached when it is there: `partition of` would lock out readers and writers of all others.
    execute format('create table audit.%I (like audit.contents)', 'contents_' || last_end);
    perform audit.admit_partition(last_end, last_end + width, clock_timestamp());
  end loop;
end
$$;

do $$
begin
  if exists (select from audit.contents_0) then
    perform audit.admit_partition(
      0, greatest(1048576, (max(sequence) / 65536 + 1) * 65536), min(received_at)
    ) from audit.contents_0;
  else
    drop table audit.contents_0;
  end if;
  perform audit.ensure_partitions(0);
end
$$;

-- When the latest record of each category and own period expires, of a log's part of a full partition. It is told once:
-- contents can only get fewer. So a purge need not read what it purges.
create table audit.partition_periods (
  first_sequence bigint not null,
  log_id text not null,
  event_category text not null,
  retention_days integer,
  latest timestamptz not null
);

create unique index partition_periods_once
  on audit.partition_periods (log_id, first_sequence, event_category, coalesce(retention_days, 0));

create function audit.note_periods(log text) returns void
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into audit.partition_periods
  select unnoted.first_sequence, log, event_category, retention_days, max(greatest(event_timestamp, received_at))
  from (
    select first_sequence, end_sequence
    from audit.partitions
    where end_sequence <= (select size from audit.logs where log_id = log)
      and not exists (
        select from audit.partition_periods as noted
        where noted.log_id = log and noted.first_sequence = partitions.first_sequence
      )
  ) as unnoted,
  lateral (
    select event_category, retention_days, event_timestamp, received_at
    from audit.contents
    where contents.log_id = log
      and contents.sequence >= unnoted.first_sequence
      and contents.sequence < unnoted.end_sequence
  ) as full_partition
  group by unnoted.first_sequence, event_category, retention_days
  on conflict do nothing;
end
$$;

-- The sequences of a stretch but those of the server's own events and of records purged before; null when none are left.
create function audit.ranges_left(log text, first bigint, last bigint) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select jsonb_agg(
    jsonb_build_object('first_sequence', begins, 'last_sequence', ends) order by begins
  )
  from (
    select
      coalesce(lag(last_sequence) over (order by first_sequence) + 1, first) as begins, first_sequence - 1 as ends
    from (
      select sequence as first_sequence, sequence as last_sequence
      from audit.contents
      where log_id = log and sequence >= first and sequence <= last and event_category = 'datastorage'
      union all
      select first_sequence, last_sequence
      from audit.purges
      where log_id = log and last_sequence >= first and first_sequence <= last
      union all
      select last + 1, last + 1
    ) as others
  ) as gaps
  where begins <= ends
$$;

-- What a purge of a whole partition would purge; null while the partition is not full, has nothing to purge, or holds a
-- record that is held, not expired or of another log.
create function audit.purgeable_ranges(log text, first bigint, moment timestamptz) returns jsonb
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select ranges
  from audit.partitions
  cross join lateral audit.ranges_left(log, partitions.first_sequence, partitions.end_sequence - 1) as ranges
  where partitions.first_sequence = first
    and partitions.end_sequence <= (select size from audit.logs where log_id = log)
    -- The most that an event can name.
    and jsonb_array_length(ranges) <= 1000
    and exists (
      select from audit.partition_periods where log_id = log and first_sequence = first
    )
    and not exists (
      select from audit.partition_periods
      where log_id = log
        and first_sequence = first
        and event_category <> 'datastorage'
        and audit.expires_at(latest, latest, event_category, retention_days) > moment
    )
    and not exists (
      select from audit.holds
      join audit.leaves using (log_id, correlation_id)
      join audit.contents using (log_id, sequence)
      where holds.log_id = log
        and holds.released_sequence is null
        and leaves.sequence >= partitions.first_sequence
        and leaves.sequence < partitions.end_sequence
        and contents.event_category <> 'datastorage'
    )
    and not exists (
      select from audit.logs as other
      where other.log_id <> log
        and exists (
          select from audit.contents
          where contents.log_id = other.log_id
            and contents.sequence >= partitions.first_sequence
            and contents.sequence < partitions.end_sequence
        )
    )
$$;

-- Empties a partition and puts the server's own events back: no row of it is updated, and its disk is free at once.
create function audit.purge_partition(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
-- Whoever reads the partition for long, such as a backup, must not stop writers: the purge is tried again later.
set lock_timeout = '200ms'
as $$
declare
  first bigint := (payload -> 'partition' ->> 'first_sequence')::bigint;
  last bigint := (payload -> 'partition' ->> 'last_sequence')::bigint;
  kept audit.contents[];
begin
  if not exists (select from audit.partitions where first_sequence = first and end_sequence = last + 1) then
    raise exception using errcode = '22X22', message = 'the purge names a partition that is none';
  end if;
  begin
    execute format('lock table audit.%I in access exclusive mode', 'contents_' || first);
  exception when lock_not_available then
    raise exception using errcode = '23X09', message = 'the partition to purge is being read';
  end;
  if payload -> 'ranges' is distinct from audit.purgeable_ranges(event.log_id, first, event.received_at) then
    raise exception using errcode = '23X09',
      message = 'a record of the partition to purge is held, not expired, purged before or not there';
  end if;
  select coalesce(array_agg(contents), '{}') into kept
  from audit.contents
  where log_id = event.log_id and sequence >= first and sequence <= last and event_category = 'datastorage';
  execute format('truncate audit.%I', 'contents_' || first);
  insert into audit.contents select each.* from unnest(kept) as each;
  delete from audit.disclosures
  where log_id = event.log_id
    and sequence >= first
    and sequence <= last
    and sequence not in (select each.sequence from unnest(kept) as each);
end
$$;

create function audit.purge_rows(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  expected bigint := (payload ->> 'records_purged')::bigint;
  doomed bigint[];
  purged bigint;
begin
  if expected > 10000 then
    raise exception using errcode = '22X22', message = 'the purge names too many records';
  end if;
  -- An array is looked up in the primary key, whatever the planner believes of the ranges.
  select array_agg(sequence) into doomed
  from jsonb_array_elements(payload -> 'ranges') as each,
    generate_series((each ->> 'first_sequence')::bigint, (each ->> 'last_sequence')::bigint) as sequence;
  delete from audit.contents
  using audit.leaves
  where contents.log_id = event.log_id
    and contents.sequence = any (doomed)
    and contents.event_category <> 'datastorage'
    and audit.expires_at(
      contents.event_timestamp, contents.received_at, contents.event_category, contents.retention_days
    ) <= event.received_at
    and leaves.log_id = contents.log_id
    and leaves.sequence = contents.sequence
    and not audit.is_held(leaves.log_id, leaves.correlation_id);
  get diagnostics purged = row_count;
  if purged <> expected then
    raise exception using errcode = '23X09',
      message = 'a record to purge is held, not expired, purged before or not there';
  end if;
  delete from audit.disclosures where log_id = event.log_id and sequence = any (doomed);
end
$$;

create function audit.purge_records(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  -- A server whose clock runs ahead must not purge early.
  if event.received_at > clock_timestamp() + interval '1 hour' then
    raise exception using errcode = '22X22', message = 'the purge is ahead of the database''s clock';
  end if;
  if (payload ->> 'records_purged')::bigint is distinct from (
    select sum(greatest((each ->> 'last_sequence')::bigint - (each ->> 'first_sequence')::bigint + 1, 0))
    from jsonb_array_elements(payload -> 'ranges') as each
  ) then
    raise exception using errcode = '22X22', message = 'the purge names other records than it counts';
  end if;
  if (
    select jsonb_object_agg(event_category, retention_days) from audit.retention_policies
  ) is distinct from (
    select jsonb_build_object('*', payload -> 'default_retention_days')
      || coalesce(jsonb_object_agg(each ->> 'event_category', each -> 'retention_days'), '{}')
    from jsonb_array_elements(payload -> 'category_retention_days') as each
  ) then
    raise exception using errcode = '23X09', message = 'the purge states another policy than the one in force';
  end if;
  if payload ? 'partition' then
    perform audit.purge_partition(event, payload);
  else
    perform audit.purge_rows(event, payload);
  end if;
  insert into audit.purges
  select event.log_id, (each ->> 'first_sequence')::bigint, (each ->> 'last_sequence')::bigint, event.sequence
  from jsonb_array_elements(payload -> 'ranges') as each;
end
$$;

create function audit.erase_members(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  affected bigint[];
  erased bigint;
begin
  select array_agg((each ->> 'sequence')::bigint) into affected
  from jsonb_array_elements(payload -> 'members') as each;
  update audit.disclosures
  set disclosure = null, erased_by = event.sequence
  from jsonb_to_recordset(payload -> 'members') as member (sequence bigint, pointer text), audit.records
  where disclosures.log_id = event.log_id
    and disclosures.sequence = any (affected)
    and disclosures.sequence = member.sequence
    and disclosures.pointer = member.pointer
    and disclosures.erased_by is null
    and records.log_id = disclosures.log_id
    and records.sequence = disclosures.sequence
    -- Who placed and who released a hold, and who erased what, is kept.
    and records.event_category <> 'datastorage'
    and ((payload ->> 'despite_hold')::boolean or not audit.is_held(records.log_id, records.correlation_id));
  get diagnostics erased = row_count;
  if erased is distinct from (payload ->> 'members_erased')::bigint
    or erased <> jsonb_array_length(payload -> 'members') then
    raise exception using errcode = '23X09', message = 'a member to erase is held, erased before or not there';
  end if;
  update audit.contents
  set actor_id = null
  from jsonb_to_recordset(payload -> 'members') as member (sequence bigint, pointer text)
  where contents.log_id = event.log_id
    and contents.sequence = any (affected)
    and contents.sequence = member.sequence
    and member.pointer = '/actor_id';
end
$$;

create or replace function audit.obey_event() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  event audit.records;
  payload jsonb := new.record::jsonb -> 'event_data';
begin
  select * into event from audit.records where log_id = new.log_id and sequence = new.sequence;
  if not found then
    raise exception using errcode = '22X22', message = 'the event has contents and no leaf';
  end if;
  -- One at a time: a hold that commits first is seen by the purge or erasure that waited for it.
  perform pg_advisory_xact_lock(hashtextextended('audit.obey:' || event.log_id, 0));
  case event.event_type
    when 'datastorage.legal_hold.placed' then perform audit.place_hold(event, payload);
    when 'datastorage.legal_hold.released' then perform audit.release_hold(event, payload);
    when 'datastorage.retention.purged' then perform audit.purge_records(event, payload);
    when 'datastorage.personal_data.erased' then perform audit.erase_members(event, payload);
    when 'datastorage.signing_key.rotated' then perform audit.rotate_key(event, payload);
    else null;
  end case;
  return null;
end
$$;

create function audit.check_contents_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if new.actor_id is null
    and new.record::text = old.record::text
    and to_jsonb(new) - 'actor_id' = to_jsonb(old) - 'actor_id'
  then
    return new;
  end if;
  raise exception using
    errcode = '23001',
    message = format('record %s of log %s may lose its actor, nothing else', old.sequence, old.log_id);
end
$$;

revoke execute on function
  audit.admit_partition(bigint, bigint, timestamptz), audit.ensure_partitions(bigint, bigint, bigint),
  audit.note_periods(text), audit.place_hold(audit.records, jsonb), audit.release_hold(audit.records, jsonb),
  audit.rotate_key(audit.records, jsonb), audit.purge_records(audit.records, jsonb),
  audit.purge_rows(audit.records, jsonb), audit.purge_partition(audit.records, jsonb),
  audit.erase_members(audit.records, jsonb)
from public;

-- Events that a purge puts back are not obeyed a second time.
create trigger contents_obeyed after insert on audit.contents
  for each row when (new.event_category = 'datastorage' and pg_trigger_depth() = 0)
  execute function audit.obey_event();
create trigger contents_unchanged before update or delete or truncate on audit.contents
  for each statement execute function audit.refuse_change('UPDATE DELETE TRUNCATE');
create trigger contents_change_checked before update on audit.contents
  for each row execute function audit.check_contents_change();
create trigger leaves_unchanged before update or delete or truncate on audit.leaves
  for each statement execute function audit.refuse_change('');
create trigger purges_unchanged before update or delete or truncate on audit.purges
  for each statement execute function audit.refuse_change('');
create trigger partitions_unchanged before update or delete or truncate on audit.partitions
  for each statement execute function audit.refuse_change('');
create trigger partition_periods_unchanged before update or delete or truncate on audit.partition_periods
  for each statement execute function audit.refuse_change('');
