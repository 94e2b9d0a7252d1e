-- Lists the rights that the service needs and its role does not have; sql/service-role.sql grants them.
select privilege || ' on ' || relation as missing
from (
  values
    ('audit.leaves', 'insert'),
    ('audit.contents', 'insert'),
    ('audit.disclosures', 'insert'),
    ('audit.logs', 'insert'),
    ('audit.log_keys', 'insert'),
    ('audit.tiles', 'insert'),
    ('audit.cosignatures', 'insert'),
    ('audit.cosignatures', 'update')
) as needed (relation, privilege)
where not has_table_privilege(relation, privilege)
union all
select 'update of ' || changed || ' on audit.logs'
from unnest(array['size', 'last_event_hash', 'frontier', 'checkpoint']) as changed
where not has_column_privilege('audit.logs', changed, 'update')
union all
select 'select on audit.' || relname
from pg_class
where relnamespace = 'audit'::regnamespace
  and relkind in ('r', 'p', 'v')
  and not relispartition
  and not has_table_privilege(oid, 'select')
union all
select 'execute on function ' || needed
from unnest(array[
  'audit.ensure_partitions(bigint, bigint, bigint)',
  'audit.note_periods(text)'
]) as needed
where not has_function_privilege(needed, 'execute')
