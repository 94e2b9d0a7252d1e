-- Finds the events of a batch that are stored already, with the disclosures that belong to them.
select
  leaves.event_id::text as event_id,
  contents.record::text as record,
  (
    select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure))::text
    from audit.disclosures
    where disclosures.log_id = leaves.log_id and disclosures.sequence = leaves.sequence
  ) as disclosures
from audit.leaves
left join lateral (
  select record
  from audit.contents
  where contents.log_id = leaves.log_id and contents.sequence = leaves.sequence
  offset 0
) as contents on true
where leaves.event_id = any ($1::uuid[])
