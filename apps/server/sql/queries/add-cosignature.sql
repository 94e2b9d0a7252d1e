-- Keeps the newest checkpoint that a witness cosigned.
insert into audit.cosignatures (log_id, witness_key, tree_size, checkpoint, signature)
values ($1, $2, $3::bigint, $4, $5)
on conflict (log_id, witness_key) do update
set tree_size = excluded.tree_size, checkpoint = excluded.checkpoint, signature = excluded.signature
where cosignatures.tree_size <= excluded.tree_size
