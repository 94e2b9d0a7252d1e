-- A log is a Merkle tree (RFC 6962): its row holds the tree's right edge and the newest checkpoint, which are moved
-- together with its size by whoever appends. Both are empty in a log of an older server until a server has opened it.
alter table audit.logs
  add column frontier bytea check (length(frontier) % 32 = 0),
  add column checkpoint text,
  add constraint logs_tree_whole_or_missing check ((frontier is null) = (checkpoint is null));

-- Public keys of a log. Each signs trees of `first_size` records and more, until the next one does.
create table audit.log_keys (
  log_id text not null,
  first_size bigint not null check (first_size >= 0),
  verifier_key text not null,
  primary key (log_id, first_size),
  unique (log_id, verifier_key)
);

-- Full tiles (C2SP tlog-tiles): 256 hashes of tree level 8 * level. `root` is the tile's hash in the level above.
create table audit.tiles (
  log_id text not null,
  level smallint not null check (level >= 0),
  tile_index bigint not null check (tile_index >= 0),
  hashes bytea not null check (length(hashes) = 8192),
  root bytea not null check (length(root) = 32),
  primary key (log_id, level, tile_index)
);
-- Hashes do not get smaller.
alter table audit.tiles alter column hashes set storage external;

create trigger log_keys_unchanged before update or delete or truncate on audit.log_keys
  for each statement execute function audit.refuse_change('');
create trigger tiles_unchanged before update or delete or truncate on audit.tiles
  for each statement execute function audit.refuse_change('');

-- The first key of a log is its founder's. Every other one comes with the event that tells of it.
create function audit.check_log_key() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if pg_trigger_depth() = 1 and new.first_size <> 0 then
    raise exception using
      errcode = '23001',
      message = 'a log changes its key by the event datastorage.signing_key.rotated, nothing else';
  end if;
  return new;
end
$$;

create trigger log_keys_checked before insert on audit.log_keys
  for each row execute function audit.check_log_key();

create function audit.rotate_key(event audit.records, payload jsonb) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if payload ->> 'previous_key' is distinct from (
    select verifier_key from audit.log_keys where log_id = event.log_id order by first_size desc limit 1
  ) then
    raise exception using errcode = 'AU409', message = 'the key to replace is not the one in use';
  end if;
  if payload ->> 'new_key' is null or exists (
    select from audit.log_keys where log_id = event.log_id and verifier_key = payload ->> 'new_key'
  ) then
    raise exception using errcode = 'AU409', message = 'the log has been signed by the new key before';
  end if;
  insert into audit.log_keys (log_id, first_size, verifier_key)
  values (event.log_id, event.sequence + 1, payload ->> 'new_key');
end
$$;

revoke execute on function audit.rotate_key(audit.records, jsonb) from public;

create or replace function audit.obey_event() returns trigger
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
    when 'datastorage.signing_key.rotated' then perform audit.rotate_key(new, payload);
    else null;
  end case;
  return null;
end
$$;

-- The newest checkpoint that each witness cosigned, as the log signed it, and the witness's signature line.
create table audit.cosignatures (
  log_id text not null,
  witness_key text not null,
  tree_size bigint not null check (tree_size >= 0),
  checkpoint text not null,
  signature text not null,
  primary key (log_id, witness_key)
);
