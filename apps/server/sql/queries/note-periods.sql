-- Notes of partitions that have become full when their records expire.
select audit.note_periods($1)
