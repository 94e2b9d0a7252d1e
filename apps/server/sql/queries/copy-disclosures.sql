copy audit.disclosures (log_id, sequence, pointer, disclosure) from
