import { tamper } from '../../test-support/tamper.ts';
import { rebuildTree, rewriteChains } from '../forger.ts';
import type { StoreTampering } from '../tampering.ts';
import {
  copyContents,
  copyLeaf,
  copyRecord,
  deleteRecords,
  renumber,
  setContents,
  setLeaf,
  setLog,
} from './statements.ts';

const partitionBefore =
  'create table audit.contents_before partition of audit.contents for values from (-64) to (0)';

const swapTexts = (one: number, other: number) => [
  `update audit.contents set record = twin.record from audit.contents twin
   where contents.log_id = 'default' and twin.log_id = 'default'
     and (contents.sequence, twin.sequence) in ((${one}, ${other}), (${other}, ${one}))`,
  `update audit.leaves set event_hash = twin.event_hash from audit.leaves twin
   where leaves.log_id = 'default' and twin.log_id = 'default'
     and (leaves.sequence, twin.sequence) in ((${one}, ${other}), (${other}, ${one}))`,
];

/** How many records are before one. */
const density =
  "(select count(*) from audit.leaves as earlier where earlier.log_id = 'default' and earlier.sequence < moved.sequence)";

/** Records are taken away, put in and moved. */
export const recordOrder: readonly StoreTampering[] = [
  {
    name: 'swaps two neighbours',
    does: renumber('sequence in (10, 11)', '21 - sequence'),
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'malformed_record at 10',
    },
  },
  {
    name: 'swaps two records of one correlation',
    does: renumber('sequence in (10, 15)', '25 - sequence'),
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'malformed_record at 10',
    },
  },
  {
    name: 'swaps texts and hashes of two records',
    does: swapTexts(10, 15),
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'malformed_record at 10',
    },
  },
  {
    name: 'reverses a stretch',
    does: renumber('sequence between 250 and 259', '509 - sequence'),
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'sequence_gap at 250',
      hashes: 'sequence_gap at 250',
      checkpoints: 'root_mismatch up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree at 0',
    },
  },
  {
    name: 'deletes the first record',
    does: [deleteRecords('sequence = 0')],
    found: {
      export: 'sequence_gap at 0',
      hashes: 'sequence_gap at 0',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 0',
      chain: 'chain_broken at 5',
    },
  },
  {
    name: 'deletes a record',
    does: [deleteRecords('sequence = 10')],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 10',
      chain: 'chain_broken at 15',
    },
  },
  {
    name: 'deletes a record that has no tile yet',
    does: [deleteRecords('sequence = 300')],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 300',
      hashes: 'sequence_gap at 300',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes a purged record',
    does: [deleteRecords('sequence = 13')],
    found: {
      export: 'sequence_gap at 13',
      hashes: 'sequence_gap at 13',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 13',
    },
  },
  {
    name: 'deletes the event of the purge',
    does: [deleteRecords('sequence = 43')],
    found: {
      export: 'sequence_gap at 43',
      hashes: 'sequence_gap at 43',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 43',
    },
  },
  {
    name: 'deletes the event of the key change',
    does: [deleteRecords('sequence = 260')],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 260',
      hashes: 'sequence_gap at 260',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes a record and renumbers the rest',
    does: [deleteRecords('sequence = 10'), ...renumber('sequence > 10', 'sequence - 1')],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      archive: 'purged_early at 12',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes a correlation',
    does: [deleteRecords("correlation_id = 'rr-c'")],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 47',
      hashes: 'sequence_gap at 47',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes a correlation and renumbers the rest',
    does: [deleteRecords("correlation_id = 'rr-held'"), ...renumber('true', density)],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 4',
      hashes: 'sequence_gap at 4',
      archive: 'purged_early at 7',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'the same, and computes records, chains and tree anew',
    does: async ({ database }) => {
      await tamper(database, deleteRecords("correlation_id = 'rr-held'"), ...renumber('true', density));
      await rewriteChains(database, (record, at) =>
        record.replace(/"sequence":\d+,"received_at"/, `"sequence":${at},"received_at"`),
      );
      await rebuildTree(database);
    },
    found: {
      start: 'exit 3',
      export: 'answers 500',
      checkpoints: 'malformed_proof up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'moves a record to another log',
    does: [setLeaf(10, "log_id = 'elsewhere'"), setContents(10, "log_id = 'elsewhere'")],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 10',
      chain: 'chain_broken at 15',
    },
  },
  {
    name: 'puts a record in and renumbers the rest',
    does: [...renumber('sequence >= 10', 'sequence + 1'), ...copyRecord(5, 10)],
    found: {
      start: 'exit 3',
      export: 'answers 500',
      checkpoints: 'root_mismatch up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  { name: 'puts a leaf in before the first', does: [copyLeaf(5, -1)], found: { start: 'exit 3' } },
  {
    name: 'puts contents in before the first',
    does: [partitionBefore, copyContents(5, -1)],
    found: { start: 'exit 3' },
  },
  {
    name: 'puts a record in before the first',
    does: [partitionBefore, ...copyRecord(5, -1)],
    found: { start: 'exit 3' },
  },
  {
    name: 'puts a record in behind the last',
    does: [...copyRecord(320, 321)],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'puts a record in behind the last and counts it',
    does: [...copyRecord(320, 321), setLog('size = 322')],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'repeats a record in the place of the next',
    does: [deleteRecords('sequence = 11'), ...copyRecord(10, 11)],
    found: {
      export: 'sequence_repeated at 11',
      hashes: 'sequence_repeated at 11',
      pack: 'is cut off',
      chain: 'malformed_record at 11',
    },
  },
  {
    name: 'leaves a gap before the last record',
    does: renumber('sequence = 320', '321'),
    found: {
      start: 'exit 3',
      export: 'answers 500',
      checkpoints: 'malformed_proof up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
];
