-- Notifications of services that have no events for them yet. They are no records: nothing hashes, holds or purges them,
-- and an operator may delete them.
create table audit.notification_audit (
  id bigint generated always as identity primary key,
  remediation_id text not null,
  notification_id text not null unique,
  recipient text not null,
  channel text not null
    check (channel in ('email', 'slack', 'pagerduty', 'teams', 'webhook', 'console', 'file', 'log')),
  message_summary text not null,
  status text not null check (status in ('sent', 'failed', 'pending', 'acknowledged', 'escalated')),
  sent_at timestamptz not null,
  delivery_status text,
  error_message text,
  escalation_level integer not null default 0 check (escalation_level between 0 and 100),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
