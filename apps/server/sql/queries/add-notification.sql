-- Adds a notification; gives nothing back when its id is taken.
insert into audit.notification_audit (
  remediation_id, notification_id, recipient, channel, message_summary, status, sent_at, delivery_status, error_message,
  escalation_level
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
on conflict (notification_id) do nothing
returning json_build_object(
  'id', id,
  'remediation_id', remediation_id,
  'notification_id', notification_id,
  'recipient', recipient,
  'channel', channel,
  'message_summary', message_summary,
  'status', status,
  'sent_at', to_char(sent_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'delivery_status', delivery_status,
  'error_message', error_message,
  'escalation_level', escalation_level,
  'created_at', to_char(created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
  'updated_at', to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
)::text as notification
