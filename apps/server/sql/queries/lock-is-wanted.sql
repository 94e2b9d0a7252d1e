-- Tells whether another session waits for an advisory lock that this one holds.
select exists (
  select 1
  from pg_locks as held
  join pg_locks as wanted using (locktype, database, classid, objid, objsubid)
  where held.pid = pg_backend_pid() and held.locktype = 'advisory' and held.granted and not wanted.granted
) as is_wanted
