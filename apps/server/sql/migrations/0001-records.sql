-- A log is an independent, totally ordered sequence of records. Its row is the lock of its writers, and tells them
-- whether the log still ends where they believe.
create table audit.logs (
  log_id text primary key,
  size bigint not null default 0 check (size >= 0),
  last_event_hash text not null default ''
);

-- `record` holds the bytes that are hashed, exported and verified: json keeps text exactly as it came. The typed
-- columns exist for filtering alone.
create table audit.records (
  log_id text not null,
  sequence bigint not null,
  event_id uuid not null,
  correlation_id text not null,
  event_timestamp timestamptz not null,
  received_at timestamptz not null,
  event_type text not null,
  event_category text not null,
  event_action text not null,
  event_outcome text not null,
  actor_type text not null,
  actor_id text not null,
  resource_type text not null,
  resource_id text not null,
  parent_event_id uuid,
  namespace text,
  cluster_name text,
  severity text,
  duration_ms bigint,
  event_hash bytea not null check (length(event_hash) = 32),
  record json not null,
  primary key (log_id, sequence)
);

-- One event is stored once, whichever log it went to.
create unique index records_event_id on audit.records (event_id);
create index records_correlation on audit.records (log_id, correlation_id, sequence);
create index records_category on audit.records (log_id, event_category, sequence);
create index records_type on audit.records (log_id, event_type, sequence);
create index records_time on audit.records using brin (event_timestamp);

-- Personal data that a record holds as digest only (RFC 9901). Deleting a row erases the value and leaves the record,
-- its hash and every proof as they are.
create table audit.disclosures (
  log_id text not null,
  sequence bigint not null,
  pointer text not null,
  disclosure text not null,
  primary key (log_id, sequence, pointer)
);
