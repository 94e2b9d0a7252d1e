-- Finds the events of a batch that are stored already, with the disclosures that belong to them.
select
  records.event_id::text as event_id,
  records.record::text as record,
  (
    select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure))::text
    from audit.disclosures
    where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
  ) as disclosures
from audit.records
where records.event_id = any ($1::uuid[])
