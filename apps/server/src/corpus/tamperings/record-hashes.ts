import { generateKey } from '@audit/integrity';
import { tamper } from '../../test-support/tamper.ts';
import { rebuildTree, rewriteChains, signLog } from '../forger.ts';
import type { SampleLog } from '../sample-log.ts';
import type { StoreTampering } from '../tampering.ts';
import { edit, quote, rehash, setLeaf, setLog } from './statements.ts';

const otherHash = 'ab'.repeat(32);

async function editAndRewrite({ database }: SampleLog): Promise<void> {
  await rewriteChains(database, (record, at) => (at === 10 ? record.replace('success', 'failure') : record));
}

async function rewriteAll(log: SampleLog): Promise<void> {
  await editAndRewrite(log);
  await rebuildTree(log.database);
}

/** Hashes are changed, alone or together with what they are of, up to the whole log and its signature. */
export const recordHashes: readonly StoreTampering[] = [
  {
    name: 'edits the hash of a record',
    does: [setLeaf(10, `event_hash = '\\x${otherHash}'`)],
    found: { chain: 'record_changed at 10', comparison: 'answer_differs at 10' },
  },
  {
    name: 'edits the hash of the last record',
    does: [setLeaf(320, `event_hash = '\\x${otherHash}'`)],
    found: {
      witness: 'answers 422',
      export: 'chain_broken at 321',
      hashes: 'chain_broken at 321',
      checkpoints: 'root_mismatch up to 45',
      pack: 'chain_broken at 321',
      chain: 'not_in_tree at 0',
      comparison: 'answer_differs at 320',
    },
  },
  {
    name: 'edits the hash of the last record, and the log’s memory of it',
    does: [setLeaf(320, `event_hash = '\\x${otherHash}'`), setLog(`last_event_hash = '${otherHash}'`)],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'chain_broken at 321',
      hashes: 'chain_broken at 321',
      checkpoints: 'root_mismatch up to 45',
      pack: 'chain_broken at 321',
      chain: 'not_in_tree at 0',
      comparison: 'answer_differs at 320',
    },
  },
  {
    name: 'edits the hash of a purged record',
    does: [setLeaf(13, `event_hash = '\\x${otherHash}'`)],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 13',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 13',
    },
  },
  {
    name: 'edits the hash of a record that has no tile yet',
    does: [setLeaf(300, `event_hash = '\\x${otherHash}'`)],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'consistent_unwitnessed',
      checkpoints: 'root_mismatch up to 45',
      pack: 'chain_broken at 323',
      chain: 'not_in_tree at 0',
      comparison: 'answer_differs at 300',
    },
  },
  {
    name: 'edits a record and its hash',
    does: [edit(10, 'success', 'failure'), rehash(10)],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'not_in_tree at 10',
      comparison: 'filter_differs at 10',
    },
  },
  {
    name: 'edits the last record of a correlation and its hash',
    does: [edit(37, 'success', 'failure'), rehash(37)],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 37',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 37',
      comparison: 'filter_differs at 37',
    },
  },
  {
    name: 'edits a record that has no tile yet, and its hash',
    does: [edit(300, 'success', 'failure'), rehash(300)],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'root_mismatch',
      hashes: 'record_changed at 300',
      checkpoints: 'root_mismatch up to 45',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 0',
      comparison: 'filter_differs at 300',
    },
  },
  {
    name: 'edits the last record, its hash, and the log’s memory of it',
    does: [
      edit(320, 'success', 'failure'),
      rehash(320),
      setLog(
        `last_event_hash = (select encode(event_hash, 'hex') from audit.leaves where log_id = 'default' and sequence = 320)`,
      ),
    ],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'root_mismatch',
      hashes: 'record_changed at 320',
      checkpoints: 'root_mismatch up to 45',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 0',
      comparison: 'filter_differs at 320',
    },
  },
  {
    name: 'edits a record and writes its chain anew',
    does: editAndRewrite,
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'root_mismatch',
      hashes: 'record_changed at 10',
      checkpoints: 'root_mismatch up to 45',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 0',
      comparison: 'filter_differs at 10',
    },
  },
  {
    name: 'edits a record and computes chains and tree anew',
    does: rewriteAll,
    found: {
      start: 'exit 3',
      export: 'answers 500',
      checkpoints: 'root_mismatch up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'the same, and signs it with a key of his own',
    does: async (log) => {
      await rewriteAll(log);
      await signLog(log.database, (await generateKey('audit.local/default')).signerKey);
    },
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'the same, and puts that key in the place of the log’s',
    does: async (log) => {
      await rewriteAll(log);
      const { signerKey, verifierKey } = await generateKey('audit.local/default');
      await signLog(log.database, signerKey);
      await tamper(
        log.database,
        `update audit.log_keys set verifier_key = ${quote(verifierKey)} where first_size > 0`,
      );
    },
    found: {
      start: 'exit 4',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'the same with the key that was in use before',
    does: async (log) => {
      await rewriteAll(log);
      await signLog(log.database, log.signerKeys[0]);
    },
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'key_out_of_period',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'the same with the key in use, which he stole',
    does: async (log) => {
      await rewriteAll(log);
      await signLog(log.database, log.signerKeys[1]);
    },
    found: {
      witness: 'answers 422',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 10',
      checkpoints: 'root_mismatch up to 45',
      comparison: 'filter_differs at 10',
    },
  },
  {
    name: 'edits a record, and removes tree, tiles and keys, so that the next server founds them anew',
    does: async (log) => {
      await editAndRewrite(log);
      await tamper(
        log.database,
        setLog('frontier = null, checkpoint = null'),
        'delete from audit.tiles',
        'delete from audit.log_keys',
      );
    },
    found: {
      witness: 'answers 422',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 10',
      checkpoints: 'root_mismatch up to 45',
      comparison: 'key_differs',
    },
  },
];
