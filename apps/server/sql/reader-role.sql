-- A role that reads the three documented views and nothing else, for people and reports. Run it as the owner of the
-- schema, once it exists and again after every upgrade; then: create role anna login password '…' in role audit_reader.

do $$
begin
  create role audit_reader nologin;
exception
  when duplicate_object or unique_violation then null;
end
$$;

revoke all on all tables in schema audit from audit_reader;
grant usage on schema audit to audit_reader;
grant select on audit.events, audit.legal_holds, audit.log_status to audit_reader;
