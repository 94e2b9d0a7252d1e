-- Moves the log's end behind records that were written for this very end, with the tree and its checkpoint; takes the
-- writer lock until the commit. No row comes back when the log ends elsewhere, or another key signs it.
update audit.logs
set size = $4::bigint, last_event_hash = $5, frontier = decode($6, 'hex'), checkpoint = $7
where log_id = $1 and size = $2::bigint and last_event_hash = $3
  and $8 = (select verifier_key from audit.log_keys where log_id = $1 order by first_size desc limit 1)
returning log_id
