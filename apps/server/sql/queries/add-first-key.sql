-- Makes a key the first one of a log that has none.
insert into audit.log_keys (log_id, first_size, verifier_key) values ($1, 0, $2) on conflict do nothing
