-- Reads the records of a correlation that are of certain types, behind a position.
select
  sequence::text as sequence,
  record::text as record,
  (
    select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure))::text
    from audit.disclosures
    where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
  ) as disclosures
from audit.records
where log_id = $1 and correlation_id = $2 and event_type = any ($3::text[]) and sequence > $4
order by records.sequence
limit 64
