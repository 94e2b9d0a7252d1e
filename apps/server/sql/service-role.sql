-- Rights of the role that the service runs as, when that is not the owner of the schema. The owner's `audit-server migrate`
-- runs it after the migrations, at every upgrade anew. The role may log in once: alter role audit_service login password '…'.
-- The role reads everything, adds records and moves the log's end. It changes and deletes nothing, and does not set
-- the retention policy; purges, erasures and releases happen only as the effect of their events. It may ask for
-- partitions that are due, and for notes of full ones; it cannot make, detach or drop any by itself.

-- Looked for first: an owner who may make no roles can use one that somebody else made.
do $$
begin
  if to_regrole('audit_service') is null then
    create role audit_service nologin;
  end if;
exception
  when duplicate_object or unique_violation then null;
end
$$;

revoke all on all tables in schema audit from audit_service;
grant usage on schema audit to audit_service;
grant select on all tables in schema audit to audit_service;
grant insert on audit.leaves, audit.contents, audit.disclosures, audit.logs, audit.log_keys, audit.tiles to audit_service;
grant update (size, last_event_hash, frontier, checkpoint) on audit.logs to audit_service;
grant insert, update on audit.cosignatures to audit_service;
grant insert on audit.notification_audit to audit_service;
grant execute on function audit.ensure_partitions(bigint, bigint, bigint), audit.note_periods(text) to audit_service;
