copy audit.contents (
  log_id, sequence, event_timestamp, received_at, event_type, event_category, event_action, event_outcome, actor_type,
  actor_id, resource_type, resource_id, parent_event_id, namespace, cluster_name, severity, duration_ms,
  retention_days, record
) from
