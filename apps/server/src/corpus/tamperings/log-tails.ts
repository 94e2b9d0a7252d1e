import { safeParseCheckpointBody, safeParseNote } from '@audit/integrity';
import { sampleEvent } from '../../test-support/sample-events.ts';
import { tamper } from '../../test-support/tamper.ts';
import { rebuildTree } from '../forger.ts';
import { openServer } from '../open-server.ts';
import type { SampleLog } from '../sample-log.ts';
import { restoreSnapshot } from '../snapshots.ts';
import type { StoreTampering } from '../tampering.ts';
import { deleteRecords, quote, setLog } from './statements.ts';

const deleteTail = deleteRecords('sequence >= 290');

/** Lets the honest server go on writing; what it writes is new. */
async function goOn({ database }: SampleLog, events: number): Promise<void> {
  const server = await openServer(database);
  await server.post(
    '/api/v1/audit/events/batch',
    Array.from({ length: events }, () => sampleEvent()),
  );
  await server.close();
}

/**
 * Lets the server write on, and again from where that began.
 * @returns the checkpoint of the first
 */
async function fork(log: SampleLog): Promise<string> {
  await goOn(log, 10);
  const server = await openServer(log.database);
  const checkpoint = await server.text('/checkpoint');
  await server.close();
  await restoreSnapshot(log.database, 'sample');
  await goOn(log, 20);
  return checkpoint;
}

/** The end of the log is cut off, or the whole log is put back to what it was. */
export const logTails: readonly StoreTampering[] = [
  {
    name: 'deletes the last record',
    does: [deleteRecords('sequence = 320')],
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
    name: 'deletes the last 31 records',
    does: [deleteTail],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'sequence_gap at 290',
      hashes: 'sequence_gap at 290',
      checkpoints: 'malformed_proof up to 45',
      pack: 'is cut off',
      chain: 'not_in_tree',
    },
  },
  {
    name: 'deletes them, and counts on',
    does: [deleteTail, setLog('size = 290')],
    found: {
      start: 'exit 3',
      export: 'answers 500',
      checkpoints: 'malformed_proof up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'deletes them, and makes the log’s end and tree fit',
    does: async ({ database }) => {
      await tamper(database, deleteTail);
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
    name: 'deletes them, and puts back the checkpoint of that size',
    does: async ({ database, checkpoints: [, older = ''] }) => {
      await tamper(database, deleteTail);
      await rebuildTree(database);
      await tamper(database, setLog(`checkpoint = ${quote(older)}`));
    },
    found: {
      witness: 'size_decreased at 291',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 290',
      checkpoints: 'size_decreased at 291',
      pack: 'is cut off',
    },
  },
  {
    name: 'puts back an older checkpoint',
    does: ({ database, checkpoints: [, older = ''] }) =>
      tamper(database, setLog(`checkpoint = ${quote(older)}`)),
    found: {
      start: 'exit 3',
      witness: 'size_decreased at 290',
      export: 'answers 500',
      checkpoints: 'size_decreased at 290',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'puts back an older checkpoint and its size, and leaves the records',
    does: ({ database, checkpoints: [, older = ''] }) =>
      tamper(database, setLog(`size = 290, checkpoint = ${quote(older)}`)),
    found: {
      start: 'exit 3',
      witness: 'size_decreased at 290',
      export: 'answers 500',
      checkpoints: 'size_decreased at 290',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'deletes all records',
    does: [deleteRecords('true')],
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
    name: 'deletes all records and the tree, so that the next server begins anew',
    does: [
      deleteRecords('true'),
      'delete from audit.tiles',
      setLog(`size = 0, last_event_hash = '', frontier = null, checkpoint = null`),
    ],
    found: {
      start: 'exit 3',
      witness: 'size_decreased at 1',
      export: 'key_out_of_period',
      hashes: 'record_changed at 0',
      checkpoints: 'key_out_of_period',
      pack: 'is cut off',
      chain: 'checkpoint_invalid',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'restores a backup',
    does: ({ database }) => restoreSnapshot(database, 'older'),
    found: {
      witness: 'answers 404',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 290',
      checkpoints: 'size_decreased at 291',
      pack: 'answers 404',
    },
  },
  {
    name: 'restores a backup, and the server goes on writing, not yet as far',
    does: async (log) => {
      await restoreSnapshot(log.database, 'older');
      await goOn(log, 5);
    },
    found: {
      witness: 'answers 404',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 290',
      checkpoints: 'size_decreased at 296',
      pack: 'answers 404',
    },
  },
  {
    name: 'restores a backup, and the server goes on writing, as far',
    does: async (log) => {
      await restoreSnapshot(log.database, 'older');
      await goOn(log, 30);
    },
    found: {
      witness: 'answers 404',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 290',
      checkpoints: 'root_mismatch up to 321',
      pack: 'answers 404',
    },
  },
  {
    name: 'restores a backup, and the server goes on writing, further',
    does: async (log) => {
      await restoreSnapshot(log.database, 'older');
      await goOn(log, 50);
    },
    found: {
      witness: 'answers 404',
      export: 'consistent_unwitnessed',
      hashes: 'record_changed at 290',
      checkpoints: 'root_mismatch up to 321',
      pack: 'answers 404',
    },
  },
  {
    name: 'shows another auditor a fork of the log',
    does: async (log) => log.checkpoints.push(await fork(log)),
    found: { checkpoints: 'root_mismatch up to 331' },
  },
  {
    name: 'shows a witness a fork of the log',
    does: async (log) => {
      const checkpoint = await fork(log);
      log.witness.seen = safeParseCheckpointBody(safeParseNote(checkpoint)?.text ?? '') ?? log.witness.seen;
    },
    found: { witness: 'answers 422', export: 'consistent_unwitnessed' },
  },
];
