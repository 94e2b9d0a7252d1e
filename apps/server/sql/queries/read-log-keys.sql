-- Lists the keys of a log, oldest first.
select first_size::text as first_size, verifier_key from audit.log_keys where log_id = $1 order by log_keys.first_size
