-- Legal holds, retention purges and erasures are done by their own events: a trigger obeys an event of the server in the
-- transaction that stores its record. So none of them happens without a record, and no such record is without effect.

-- A purged record keeps its place, its identity and its hash; `purged_by` is the sequence of the event that purged it.
-- `actor_id` is empty after an erasure.
alter table audit.records
  add column retention_days integer,
  add column purged_by bigint,
  alter column event_timestamp drop not null,
  alter column received_at drop not null,
  alter column event_type drop not null,
  alter column event_category drop not null,
  alter column event_action drop not null,
  alter column event_outcome drop not null,
  alter column actor_type drop not null,
  alter column actor_id drop not null,
  alter column resource_type drop not null,
  alter column resource_id drop not null,
  alter column record drop not null,
  add constraint records_whole_or_purged check (
    case
      when purged_by is null then num_nulls(
        event_timestamp, received_at, event_type, event_category, event_action, event_outcome, actor_type,
        resource_type, resource_id, record
      ) = 0
      else num_nonnulls(
        event_timestamp, received_at, event_type, event_category, event_action, event_outcome, actor_type, actor_id,
        resource_type, resource_id, parent_event_id, namespace, cluster_name, severity, duration_ms, retention_days,
        record
      ) = 0
    end
  );

-- What a purge looks for: records by age, and the few that have a period of their own.
create index records_received on audit.records using brin (received_at);
create index records_own_retention on audit.records (log_id, sequence) where retention_days is not null;
create index records_purged on audit.records (log_id, correlation_id) where purged_by is not null;

-- An erased disclosure keeps its pointer, which says what is gone, and the sequence of the event that erased it.
alter table audit.disclosures
  alter column disclosure drop not null,
  add column erased_by bigint,
  add constraint disclosures_present_or_erased check ((disclosure is null) = (erased_by is not null));

create table audit.holds (
  log_id text not null,
  placed_sequence bigint not null,
  correlation_id text not null,
  placed_by text not null,
  placed_at timestamptz not null,
  reason text not null,
  released_sequence bigint,
  released_by text,
  released_at timestamptz,
  release_reason text,
  primary key (log_id, placed_sequence),
  constraint holds_active_or_released
    check (num_nonnulls(released_sequence, released_by, released_at, release_reason) in (0, 4))
);

create unique index holds_active on audit.holds (log_id, correlation_id) where released_sequence is null;

-- Days to keep a record, by event category; `*` is every category without a row.
create table audit.retention_policies (
  event_category text primary key,
  retention_days integer not null check (retention_days between 1 and 36500)
);

insert into audit.retention_policies values ('*', 2555);

-- When the retention period of a record is over. It begins with the later of the event's own time and its storing: a
-- producer that dates an event back does not get it purged early. A day has 24 hours, whatever the time zone.
create function audit.expires_at(
  event_timestamp timestamptz, received_at timestamptz, category text, own_days integer
) returns timestamptz
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select greatest(event_timestamp, received_at) + make_interval(hours => 24 * coalesce(
    own_days,
    (select retention_days from audit.retention_policies where event_category = category),
    (select retention_days from audit.retention_policies where event_category = '*')
  ))
$$;

create function audit.is_held(log text, correlation text) returns boolean
language sql stable
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from audit.holds where log_id = log and correlation_id = correlation and released_sequence is null
  )
$$;

-- What the events of the server do. The functions run inside the trigger below, with the rights of the schema's owner;
-- nobody else may call them. Their SQLSTATEs are the server's own, in the classes that blame
-- the values: 23X09 the store forbids it now, 23X04 there is nothing to act on, 22X22 the event contradicts itself.

create function audit.place_hold(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if audit.is_held(event.log_id, event.correlation_id) then
    raise exception using errcode = '23X09', message = 'the correlation is under legal hold already';
  end if;
  if not exists (
    select from audit.records
    where log_id = event.log_id and correlation_id = event.correlation_id and event_category <> 'datastorage'
  ) then
    raise exception using errcode = '23X04', message = 'there is nothing to hold';
  end if;
  insert into audit.holds (log_id, placed_sequence, correlation_id, placed_by, placed_at, reason)
  values (
    event.log_id, event.sequence, event.correlation_id, event.actor_id, event.received_at, payload ->> 'reason'
  );
end
$$;

create function audit.release_hold(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.holds
  set
    released_sequence = event.sequence,
    released_by = event.actor_id,
    released_at = event.received_at,
    release_reason = payload ->> 'release_reason'
  where log_id = event.log_id
    and correlation_id = event.correlation_id
    and placed_sequence = (payload ->> 'hold_sequence')::bigint
    and released_sequence is null;
  if not found then
    raise exception using errcode = '23X04', message = 'the hold to release is not active';
  end if;
end
$$;

create function audit.purge_records(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  expected bigint := (payload ->> 'records_purged')::bigint;
  doomed bigint[];
  purged bigint;
begin
  -- A server whose clock runs ahead must not purge early.
  if event.received_at > clock_timestamp() + interval '1 hour' then
    raise exception using errcode = '22X22', message = 'the purge is ahead of the database''s clock';
  end if;
  if expected > 10000 or expected is distinct from (
    select sum(greatest((each ->> 'last_sequence')::bigint - (each ->> 'first_sequence')::bigint + 1, 0))
    from jsonb_array_elements(payload -> 'ranges') as each
  ) then
    raise exception using errcode = '22X22', message = 'the purge names other records than it counts, or too many';
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
  -- An array is looked up in the primary key, whatever the planner believes of the ranges.
  select array_agg(sequence) into doomed
  from jsonb_array_elements(payload -> 'ranges') as each,
    generate_series((each ->> 'first_sequence')::bigint, (each ->> 'last_sequence')::bigint) as sequence;
  update audit.records
  set
    purged_by = event.sequence,
    event_timestamp = null,
    received_at = null,
    event_type = null,
    event_category = null,
    event_action = null,
    event_outcome = null,
    actor_type = null,
    actor_id = null,
    resource_type = null,
    resource_id = null,
    parent_event_id = null,
    namespace = null,
    cluster_name = null,
    severity = null,
    duration_ms = null,
    retention_days = null,
    record = null
  where records.log_id = event.log_id
    and records.sequence = any (doomed)
    and records.purged_by is null
    and records.event_category <> 'datastorage'
    and audit.expires_at(
      records.event_timestamp, records.received_at, records.event_category, records.retention_days
    ) <= event.received_at
    and not audit.is_held(records.log_id, records.correlation_id);
  get diagnostics purged = row_count;
  if purged <> expected then
    raise exception using errcode = '23X09',
      message = 'a record to purge is held, not expired, purged before or not there';
  end if;
  delete from audit.disclosures where log_id = event.log_id and sequence = any (doomed);
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
  update audit.records
  set actor_id = null
  from jsonb_to_recordset(payload -> 'members') as member (sequence bigint, pointer text)
  where records.log_id = event.log_id
    and records.sequence = any (affected)
    and records.sequence = member.sequence
    and member.pointer = '/actor_id'
    and records.purged_by is null;
end
$$;

revoke execute on function
  audit.place_hold(audit.records, jsonb), audit.release_hold(audit.records, jsonb),
  audit.purge_records(audit.records, jsonb), audit.erase_members(audit.records, jsonb)
from public;

create function audit.obey_event() returns trigger
language plpgsql security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  payload jsonb := new.record::jsonb -> 'event_data';
begin
  -- One at a time: a hold that commits first is seen by the purge or erasure that waited for it.
  perform pg_advisory_xact_lock(hashtextextended('audit.obey:' || new.log_id, 0));
  case new.event_type
    when 'datastorage.legal_hold.placed' then perform audit.place_hold(new, payload);
    when 'datastorage.legal_hold.released' then perform audit.release_hold(new, payload);
    when 'datastorage.retention.purged' then perform audit.purge_records(new, payload);
    when 'datastorage.personal_data.erased' then perform audit.erase_members(new, payload);
    else null;
  end case;
  return null;
end
$$;

create trigger records_obeyed after insert on audit.records
  for each row when (new.event_category = 'datastorage') execute function audit.obey_event();

-- Whoever may attach it to a table of his own would have its effects without a record.
revoke execute on function audit.obey_event() from public;

-- Nobody changes what is stored, not even its owner or a superuser: only the trigger above gets past these. They are a
-- guard against mistakes and against a stolen service password; a superuser can remove them, and the hashes then tell.

create function audit.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if pg_trigger_depth() > 1 and tg_argv[0] like '%' || tg_op || '%' then
    return null;
  end if;
  raise exception using
    errcode = '23001',
    message = format('%s of audit.%s is refused for every role: what is stored stays as it is', tg_op, tg_table_name),
    hint = 'Retention purges, erasures and holds happen through the server, which records them as events.';
end
$$;

create function audit.check_record_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if (new.log_id, new.sequence, new.event_id, new.correlation_id, new.event_hash)
      = (old.log_id, old.sequence, old.event_id, old.correlation_id, old.event_hash)
    and old.purged_by is null
    and (
      new.purged_by is not null
      or new.actor_id is null
        and new.record::text = old.record::text
        and to_jsonb(new) - 'actor_id' = to_jsonb(old) - 'actor_id'
    )
  then
    return new;
  end if;
  raise exception using
    errcode = '23001',
    message = format('record %s of log %s may be purged or lose its actor, nothing else', old.sequence, old.log_id);
end
$$;

create trigger records_unchanged before update or delete or truncate on audit.records
  for each statement execute function audit.refuse_change('UPDATE');
create trigger records_change_checked before update on audit.records
  for each row execute function audit.check_record_change();
create trigger disclosures_unchanged before update or delete or truncate on audit.disclosures
  for each statement execute function audit.refuse_change('UPDATE DELETE');
create trigger holds_unchanged before update or delete or truncate on audit.holds
  for each statement execute function audit.refuse_change('UPDATE');
