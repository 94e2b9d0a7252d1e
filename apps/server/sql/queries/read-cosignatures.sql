-- Lists the newest checkpoint of each witness, the newest of all first.
select witness_key, tree_size::text as tree_size, checkpoint, signature
from audit.cosignatures
where log_id = $1
order by cosignatures.tree_size desc, cosignatures.witness_key
