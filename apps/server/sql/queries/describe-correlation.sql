-- Tells whether a correlation has records, and whether any is of a producer. Purged ones were.
select
  exists (select from audit.records where log_id = $1 and correlation_id = $2) as has_records,
  exists (
    select from audit.records
    where log_id = $1 and correlation_id = $2 and event_category is distinct from 'datastorage'
  ) as has_producers
