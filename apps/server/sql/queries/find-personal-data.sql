-- Finds disclosures that are not erased: those with an exact value, or the one at a pointer of an event. A disclosure is
-- base64url of the JSON text ["salt","name",value]. What the server's own events say of people stays.
select
  disclosures.sequence::text as sequence,
  disclosures.pointer,
  exists (
    select from audit.holds
    where holds.log_id = records.log_id
      and holds.correlation_id = records.correlation_id
      and holds.released_sequence is null
  ) as is_held
from audit.disclosures
join audit.records using (log_id, sequence)
where disclosures.log_id = $1
  and disclosures.erased_by is null
  and records.event_category <> 'datastorage'
  and case
    when $2::text is null then records.event_id = $3::uuid and disclosures.pointer = $4::text
    else convert_from(
      decode(rpad(translate(disclosure, '-_', '+/'), (length(disclosure) + 3) / 4 * 4, '='), 'base64'), 'UTF8'
    )::jsonb ->> 2 = $2::text
  end
order by disclosures.sequence, disclosures.pointer
