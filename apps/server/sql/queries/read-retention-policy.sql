-- Reads the retention policy; the category * stands for every other one.
select event_category, retention_days from audit.retention_policies order by event_category
