-- Finds the record of an event, with what is kept beside it of personal data.
select
  event_id::text as event_id,
  sequence::text as sequence,
  correlation_id,
  encode(event_hash, 'hex') as event_hash,
  (
    select json_agg(json_build_object('pointer', pointer, 'disclosure', disclosure) order by pointer)::text
    from audit.disclosures
    where disclosures.log_id = records.log_id and disclosures.sequence = records.sequence
  ) as disclosures
from audit.records
where log_id = $1 and event_id = $2::uuid
