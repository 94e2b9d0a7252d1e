import { tamper } from '../../test-support/tamper.ts';
import { purgeSample } from '../sample-log.ts';
import type { StoreTampering } from '../tampering.ts';
import {
  addPurge,
  copyContents,
  deleteContents,
  moveContents,
  moveLeaves,
  setLeaf,
  setPurge,
} from './statements.ts';

const eventIdOf = (sequence: number) =>
  `(select (record::jsonb ->> 'event_id')::uuid from audit.contents where log_id = 'default' and sequence = ${sequence})`;
const deleteLeaf = (sequence: number) =>
  `delete from audit.leaves where log_id = 'default' and sequence = ${sequence}`;
const detach = 'alter table audit.contents detach partition audit.contents_64';
const forgetPartition = 'delete from audit.partitions where first_sequence = 64';

/** A record's two halves, what is said of its purge, and the partitions that contents lie in, no longer fit. */
export const leavesAndPartitions: readonly StoreTampering[] = [
  {
    name: 'deletes the contents of a record',
    does: [deleteContents('sequence = 10')],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'sequence_gap at 10',
      chain: 'records_missing at 10',
    },
  },
  {
    name: 'deletes the contents of the last record of a correlation',
    does: [deleteContents('sequence = 37')],
    found: {
      export: 'sequence_gap at 37',
      hashes: 'sequence_gap at 37',
      pack: 'sequence_gap at 37',
      chain: 'records_missing at 37',
    },
  },
  {
    name: 'deletes the contents of a record that has no tile yet',
    does: [deleteContents('sequence = 300')],
    found: {
      export: 'sequence_gap at 300',
      hashes: 'sequence_gap at 300',
      pack: 'sequence_gap at 300',
      chain: 'records_missing at 300',
    },
  },
  {
    name: 'deletes the contents of the last record',
    does: [deleteContents('sequence = 320')],
    found: {
      start: 'exit 3',
      export: 'sequence_gap at 320',
      hashes: 'sequence_gap at 320',
      pack: 'sequence_gap at 320',
    },
  },
  {
    name: 'deletes the contents of the event of the purge',
    does: [deleteContents('sequence = 43')],
    found: {
      export: 'sequence_gap at 43',
      hashes: 'sequence_gap at 43',
      pack: 'sequence_gap at 43',
      chain: 'records_missing at 43',
    },
  },
  {
    name: 'deletes all contents',
    does: [deleteContents('true')],
    found: {
      start: 'exit 3',
      export: 'sequence_gap at 0',
      hashes: 'sequence_gap at 0',
      pack: 'sequence_gap at 0',
      chain: 'records_missing at 0',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'deletes the leaf of a record',
    does: [deleteLeaf(10)],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      checkpoints: 'malformed_proof up to 45',
      pack: 'sequence_gap at 10',
      chain: 'chain_broken at 15',
    },
  },
  {
    name: 'deletes the leaf of the last record',
    does: [deleteLeaf(320)],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 320',
      hashes: 'sequence_gap at 320',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes all leaves',
    does: ['delete from audit.leaves'],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 0',
      hashes: 'sequence_gap at 0',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'puts a leaf in behind the last',
    does: ["insert into audit.leaves values ('default', 321, gen_random_uuid(), 'rr-a', sha256('x'))"],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'puts contents in behind the last',
    does: [copyContents(320, 321)],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'swaps the leaves of two records',
    does: [moveLeaves('sequence in (10, 15)', '25 - sequence')],
    found: { chain: 'record_changed at 10', comparison: 'answer_differs at 10' },
  },
  {
    name: 'swaps the event ids in two leaves',
    does: [
      setLeaf(10, 'event_id = gen_random_uuid()'),
      setLeaf(15, `event_id = ${eventIdOf(10)}`),
      setLeaf(10, `event_id = ${eventIdOf(15)}`),
    ],
    found: { chain: 'malformed_record at 10' },
  },
  {
    name: 'swaps the correlations in two leaves',
    does: [setLeaf(10, "correlation_id = 'rr-b'"), setLeaf(11, "correlation_id = 'rr-a'")],
    found: { chain: 'malformed_record at 10', comparison: 'filter_differs at 10' },
  },
  {
    name: 'swaps the contents of two records of one partition',
    does: [moveContents('sequence in (10, 15)', '25 - sequence')],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'swaps the contents of two records of two partitions',
    does: [moveContents('sequence in (10, 70)', '80 - sequence')],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'moves the contents of a record to an empty partition',
    does: [moveContents('sequence = 10', '400')],
    found: {
      start: 'exit 3',
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'sequence_gap at 10',
      chain: 'records_missing at 10',
    },
  },
  {
    name: 'truncates a partition',
    does: ['truncate audit.contents_64'],
    found: { export: 'sequence_gap at 64', hashes: 'sequence_gap at 64', pack: 'sequence_gap at 64' },
  },
  {
    name: 'drops a partition',
    does: ['drop table audit.contents_64'],
    found: { export: 'sequence_gap at 64', hashes: 'sequence_gap at 64', pack: 'sequence_gap at 64' },
  },
  {
    name: 'drops a partition, and takes it from the list',
    does: ['drop table audit.contents_64', forgetPartition],
    found: { export: 'sequence_gap at 64', hashes: 'sequence_gap at 64', pack: 'sequence_gap at 64' },
  },
  {
    name: 'drops the partition of the last record',
    does: ['drop table audit.contents_320'],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'detaches a partition',
    does: [detach],
    found: { export: 'sequence_gap at 64', hashes: 'sequence_gap at 64', pack: 'sequence_gap at 64' },
  },
  {
    name: 'detaches a partition, and attaches an empty one in its place',
    does: [
      detach,
      'create table audit.contents_empty partition of audit.contents for values from (64) to (128)',
    ],
    found: { export: 'sequence_gap at 64', hashes: 'sequence_gap at 64', pack: 'sequence_gap at 64' },
  },
  {
    name: 'detaches a partition, and attaches it in the place of an empty one',
    does: [
      detach,
      'drop table audit.contents_384',
      'update audit.contents_64 set sequence = sequence + 320',
      'alter table audit.contents attach partition audit.contents_64 for values from (384) to (448)',
    ],
    found: {
      start: 'exit 3',
      export: 'sequence_gap at 64',
      hashes: 'sequence_gap at 64',
      pack: 'sequence_gap at 64',
    },
  },
  {
    name: 'truncates a partition, and says that a purge did it',
    does: ['truncate audit.contents_64', addPurge(64, 127, 43)],
    found: {
      export: 'purge_unfounded at 64',
      hashes: 'purge_unfounded at 64',
      archive: 'purged_early at 64',
      pack: 'purge_unfounded at 64',
    },
  },
  {
    name: 'truncates a partition, and says that an event that is no purge did it',
    does: ['truncate audit.contents_64', addPurge(64, 127, 260)],
    found: {
      export: 'purge_unfounded at 64',
      hashes: 'purge_unfounded at 64',
      archive: 'purged_early at 64',
      pack: 'purge_unfounded at 64',
    },
  },
  {
    name: 'truncates a partition, and says that an event to come did it',
    does: ['truncate audit.contents_64', addPurge(64, 127, 400)],
    found: { export: 'purge_unfounded at 64', archive: 'purged_early at 64' },
  },
  {
    name: 'takes away what is said of a purge',
    does: ['delete from audit.purges where first_sequence = 13'],
    found: {
      export: 'sequence_gap at 13',
      hashes: 'sequence_gap at 13',
      pack: 'sequence_gap at 13',
      chain: 'records_missing at 13',
    },
  },
  {
    name: 'takes away what is said of all purges',
    does: ['delete from audit.purges'],
    found: {
      export: 'sequence_gap at 3',
      hashes: 'sequence_gap at 3',
      pack: 'sequence_gap at 3',
      chain: 'records_missing at 3',
    },
  },
  {
    name: 'moves what is said of a purge to the record behind',
    does: [setPurge(13, 'first_sequence = 14, last_sequence = 14')],
    found: {
      export: 'sequence_gap at 13',
      hashes: 'sequence_gap at 13',
      pack: 'sequence_gap at 13',
      chain: 'records_missing at 13',
    },
  },
  {
    name: 'narrows what is said of the purge of a partition',
    does: async ({ database }) => {
      await purgeSample(database, () => Date.parse('2025-06-01T00:00:00Z'));
      await tamper(database, setPurge(64, 'last_sequence = 100'));
    },
    found: { export: 'sequence_gap at 101', hashes: 'sequence_gap at 101', pack: 'sequence_gap at 101' },
  },
  {
    name: 'widens a purge over records whose contents he deletes',
    does: [deleteContents('sequence in (14, 15)'), setPurge(13, 'last_sequence = 15')],
    found: {
      export: 'purge_unfounded at 14',
      hashes: 'purge_unfounded at 14',
      archive: 'purged_despite_hold at 14',
      pack: 'purge_unfounded at 14',
    },
  },
  {
    name: 'widens a purge over one before it, whose event is another',
    does: [deleteContents('sequence between 4 and 7'), setPurge(3, 'last_sequence = 7')],
    found: {
      export: 'purge_unfounded at 4',
      hashes: 'purge_unfounded at 4',
      archive: 'purged_despite_hold at 4',
      pack: 'purge_unfounded at 4',
    },
  },
  {
    name: 'puts contents in the place of those that were purged',
    does: [copyContents(10, 13)],
    found: {
      export: 'sequence_repeated at 13',
      hashes: 'sequence_repeated at 13',
      pack: 'is cut off',
      chain: 'record_changed at 13',
      comparison: 'answer_differs at 10',
    },
  },
];
