import type { StoreTampering } from '../tampering.ts';
import { setLog } from './statements.ts';

/** The stored tree is changed, the records are not. */
export const treeColumns: readonly StoreTampering[] = [
  {
    name: 'edits a hash in a tile',
    does: [`update audit.tiles set hashes = overlay(hashes placing '\\xabcd' from 321)`],
    found: { checkpoints: 'root_mismatch up to 45', chain: 'not_in_tree at 1' },
  },
  {
    name: 'edits the root of a tile',
    does: [`update audit.tiles set root = overlay(root placing '\\xabcd' from 1)`],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'consistent_unwitnessed',
      checkpoints: 'root_mismatch up to 290',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 260',
    },
  },
  {
    name: 'swaps two hashes in a tile',
    does: [
      `update audit.tiles set hashes = substring(hashes from 33 for 32) || substring(hashes from 1 for 32) || substring(hashes from 65)`,
    ],
    found: { checkpoints: 'root_mismatch up to 45', chain: 'not_in_tree at 0' },
  },
  {
    name: 'edits a hash in a tile and makes its root fit',
    does: [
      `update audit.tiles set hashes = overlay(hashes placing '\\xabcd' from 321), root = sha256(hashes)`,
    ],
    found: {
      start: 'exit 3',
      witness: 'answers 422',
      export: 'consistent_unwitnessed',
      checkpoints: 'root_mismatch up to 45',
      pack: 'root_mismatch',
      chain: 'not_in_tree at 1',
    },
  },
  {
    name: 'adds a tile the log has not grown to',
    does: [`insert into audit.tiles select log_id, level, 1, hashes, root from audit.tiles`],
    found: { start: 'exit 3' },
  },
  {
    name: 'adds a tile of a higher level',
    does: [`insert into audit.tiles select log_id, 1, 0, hashes, root from audit.tiles`],
    found: { start: 'exit 3' },
  },
  {
    name: 'moves a tile to another place',
    does: ['update audit.tiles set tile_index = 1'],
    found: { start: 'exit 3' },
  },
  {
    name: 'edits the tree’s right edge',
    does: [setLog(`frontier = overlay(frontier placing '\\xabcd' from 1)`)],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'cuts the tree’s right edge',
    does: [setLog('frontier = substring(frontier from 33)')],
    found: { start: 'exit 3', export: 'answers 503', pack: 'answers 503', chain: 'answers 503' },
  },
  {
    name: 'edits the hash of the log’s end',
    does: [setLog(`last_event_hash = '${'ab'.repeat(32)}'`)],
    found: { start: 'exit 3' },
  },
  {
    name: 'makes the log larger than it is',
    does: [setLog('size = 322')],
    found: { start: 'exit 3', export: 'answers 500', pack: 'answers 500', chain: 'answers 500' },
  },
  {
    name: 'makes the log smaller than it is',
    does: [setLog('size = 320')],
    found: { start: 'exit 3', export: 'answers 503', pack: 'answers 503', chain: 'answers 503' },
  },
];
