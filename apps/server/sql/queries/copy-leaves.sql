copy audit.leaves (log_id, sequence, event_id, correlation_id, event_hash) from
