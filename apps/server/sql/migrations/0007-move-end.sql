-- The two ends of a commit that is sent as one message: what does not hold fails it, with SQLSTATE 23X10, since nobody reads
-- what a statement in the middle gives back.

-- Takes the log's writer lock if the log ends where it was believed to; waits for the commit that moves it there.
create function audit.expect_end(log_id text, size bigint, last_event_hash text) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  log_end record;
begin
  -- Locked first and compared then: a condition on the end would find no row to wait for while another commit moves it.
  select logs.size, logs.last_event_hash into log_end from audit.logs where logs.log_id = expect_end.log_id for update;
  if (log_end.size, log_end.last_event_hash) is distinct from (expect_end.size, expect_end.last_event_hash) then
    raise exception using errcode = '23X10', message = 'the log does not end where it was believed to';
  end if;
end
$$;

-- Moves the log's end behind records that were written for this very end, with the tree and its checkpoint. The key is looked
-- at last: the event of its change can be among the records.
create function audit.move_end(
  log_id text, from_size bigint, from_event_hash text, to_size bigint, to_event_hash text,
  frontier bytea, checkpoint text, key text
) returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  update audit.logs
  set size = to_size, last_event_hash = to_event_hash, frontier = move_end.frontier, checkpoint = move_end.checkpoint
  where logs.log_id = move_end.log_id
    and logs.size = from_size
    and logs.last_event_hash = from_event_hash
    and move_end.key = (
      select verifier_key from audit.log_keys
      where log_keys.log_id = move_end.log_id
      order by first_size desc
      limit 1
    );
  if not found then
    raise exception using errcode = '23X10', message = 'the log ends elsewhere, or another key signs it';
  end if;
end
$$;
