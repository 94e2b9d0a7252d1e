-- Creates the log when it is not there yet.
insert into audit.logs (log_id) values ($1) on conflict do nothing
