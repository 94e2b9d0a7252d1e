import type { StoreTampering } from '../tampering.ts';
import { copyRecord, deleteRecords, edit, emptyRecord, setLeaf, setPurge } from './statements.ts';

/** Purges and holds are feigned, changed and taken back. */
export const purgesAndHolds: readonly StoreTampering[] = [
  {
    name: 'empties a record and names a purge that did not name it',
    does: emptyRecord(10, 43),
    found: {
      export: 'purge_unfounded at 10',
      hashes: 'purge_unfounded at 10',
      archive: 'purged_early at 10',
      pack: 'purge_unfounded at 10',
    },
  },
  {
    name: 'empties a record and names an event that is no purge',
    does: emptyRecord(10, 44),
    found: {
      export: 'purge_unfounded at 10',
      hashes: 'purge_unfounded at 10',
      archive: 'purged_early at 10',
      pack: 'purge_unfounded at 10',
    },
  },
  {
    name: 'empties a record and names an event to come',
    does: emptyRecord(10, 400),
    found: { export: 'purge_unfounded at 10', archive: 'purged_early at 10' },
  },
  {
    name: 'empties a record and names itself',
    does: emptyRecord(10, 10),
    found: {
      export: 'purge_unfounded at 10',
      hashes: 'purge_unfounded at 10',
      archive: 'purged_early at 10',
      pack: 'purge_unfounded at 10',
    },
  },
  {
    name: 'empties a record and has a purge name it',
    does: [
      ...emptyRecord(10, 43),
      edit(43, '"first_sequence":8,"last_sequence":8', '"first_sequence":8,"last_sequence":10'),
    ],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 43',
      archive: 'purged_early at 10',
      pack: 'root_mismatch',
      chain: 'record_changed at 43',
      comparison: 'answer_differs at 43',
    },
  },
  {
    name: 'empties a held record',
    does: emptyRecord(9, 43),
    found: {
      export: 'purge_unfounded at 9',
      hashes: 'purge_unfounded at 9',
      archive: 'purged_despite_hold at 9',
      pack: 'purge_unfounded at 9',
    },
  },
  {
    name: 'empties the last record',
    does: emptyRecord(320, 43),
    found: {
      export: 'purge_unfounded at 320',
      hashes: 'purge_unfounded at 320',
      archive: 'purged_early at 320',
      pack: 'purge_unfounded at 320',
    },
  },
  {
    name: 'empties the event of a hold',
    does: emptyRecord(40, 43),
    found: {
      export: 'purge_unfounded at 40',
      hashes: 'purge_unfounded at 40',
      archive: 'purged_early at 40',
      pack: 'purge_unfounded at 40',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'empties the event of the purge',
    does: emptyRecord(43, 43),
    found: {
      export: 'purge_unfounded at 43',
      hashes: 'purge_unfounded at 43',
      archive: 'purged_early at 43',
      pack: 'purge_unfounded at 43',
    },
  },
  {
    name: 'names another event for a purge',
    does: [setPurge(13, 'purged_by = 44')],
    found: {
      export: 'purge_unfounded at 13',
      hashes: 'purge_unfounded at 13',
      pack: 'purge_unfounded at 13',
    },
  },
  {
    name: 'puts a purged record back, with other contents',
    does: [deleteRecords('sequence = 13'), ...copyRecord(10, 13)],
    found: {
      export: 'sequence_repeated at 13',
      hashes: 'sequence_repeated at 13',
      pack: 'is cut off',
      chain: 'malformed_record at 13',
    },
  },
  {
    name: 'puts a purged record back, with the hash it had',
    does: [
      "create temporary table had on commit drop as select event_hash from audit.leaves where log_id = 'default' and sequence = 13",
      deleteRecords('sequence = 13'),
      ...copyRecord(10, 13),
      setLeaf(13, 'event_hash = (select event_hash from had)'),
    ],
    found: {
      export: 'sequence_repeated at 13',
      hashes: 'sequence_repeated at 13',
      pack: 'is cut off',
      chain: 'record_changed at 13',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the ranges in the event of the purge',
    does: [edit(43, '"first_sequence":8,"last_sequence":8', '"first_sequence":9,"last_sequence":9')],
    found: {
      export: 'purge_unfounded at 8',
      hashes: 'record_changed at 43',
      pack: 'purge_unfounded at 8',
      chain: 'record_changed at 43',
      comparison: 'answer_differs at 43',
    },
  },
  {
    name: 'deletes a hold',
    does: ['delete from audit.holds where placed_sequence = 40'],
    found: { comparison: 'hold_differs at 40' },
  },
  {
    name: 'edits the reason of a hold',
    does: ["update audit.holds set reason = 'None.' where placed_sequence = 40"],
    found: { comparison: 'hold_differs at 40' },
  },
  {
    name: 'moves a hold to another correlation',
    does: ["update audit.holds set correlation_id = 'rr-c' where placed_sequence = 40"],
    found: { comparison: 'hold_differs at 40' },
  },
  {
    name: 'moves a hold to another event',
    does: ['update audit.holds set placed_sequence = 39 where placed_sequence = 40'],
    found: { comparison: 'hold_differs at 39' },
  },
  {
    name: 'releases a hold without its event',
    does: [
      "update audit.holds set released_sequence = 44, released_by = 'eve', released_at = now(), release_reason = 'None.' where placed_sequence = 40",
    ],
    found: { comparison: 'hold_differs at 40' },
  },
  {
    name: 'takes the release of a hold back',
    does: [
      'update audit.holds set released_sequence = null, released_by = null, released_at = null, release_reason = null where placed_sequence = 41',
    ],
    found: { comparison: 'hold_differs at 41' },
  },
  {
    name: 'adds a hold without its event',
    does: ["insert into audit.holds values ('default', 50, 'rr-c', 'eve', now(), 'None.')"],
    found: { comparison: 'hold_differs at 50' },
  },
];
