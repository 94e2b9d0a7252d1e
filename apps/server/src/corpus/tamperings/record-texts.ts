import type { StoreTampering } from '../tampering.ts';
import { edit, overwrite, setContents } from './statements.ts';

/** The bytes of a record are changed, its hash is left. */
export const recordTexts: readonly StoreTampering[] = [
  {
    name: 'edits the first record of a correlation',
    does: [edit(1, 'success', 'failure')],
    found: {
      export: 'chain_broken at 6',
      hashes: 'record_changed at 1',
      pack: 'chain_broken at 6',
      chain: 'record_changed at 1',
      comparison: 'answer_differs at 1',
    },
  },
  {
    name: 'edits a record in the middle of a correlation',
    does: [edit(10, 'success', 'failure')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the last record of a correlation',
    does: [edit(37, 'success', 'failure')],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 37',
      pack: 'root_mismatch',
      chain: 'record_changed at 37',
      comparison: 'answer_differs at 37',
    },
  },
  {
    name: 'edits the only record of a correlation',
    does: [edit(300, 'success', 'failure')],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 300',
      pack: 'root_mismatch',
      chain: 'record_changed at 300',
      comparison: 'answer_differs at 300',
    },
  },
  {
    name: 'edits the last record of the log',
    does: [edit(320, 'success', 'failure')],
    found: {
      start: 'exit 3',
      export: 'chain_broken at 321',
      hashes: 'record_changed at 320',
      pack: 'chain_broken at 321',
      comparison: 'answer_differs at 320',
    },
  },
  {
    name: 'edits the reason in the event of a hold',
    does: [edit(40, 'Litigation 17.', 'Litigation 71.')],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 40',
      pack: 'root_mismatch',
      chain: 'record_changed at 40',
      comparison: 'hold_differs at 40',
    },
  },
  {
    name: 'edits the key in the event of the key change',
    does: [edit(260, '"new_key":"audit', '"new_key":"other')],
    found: {
      export: 'root_mismatch',
      hashes: 'record_changed at 260',
      pack: 'root_mismatch',
      chain: 'record_changed at 260',
      comparison: 'answer_differs at 260',
    },
  },
  {
    name: 'puts a space between two members',
    does: [edit(10, ',"event_type"', ', "event_type"')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'puts a space after the last brace',
    does: [setContents(10, "record = (record::text || ' ')::json")],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answers no JSON',
    },
  },
  {
    name: 'puts a newline after the last brace',
    does: [setContents(10, "record = (record::text || E'\\n')::json")],
    found: {
      export: 'malformed_record at 11',
      hashes: 'malformed_record at 11',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answers no JSON',
    },
  },
  {
    name: 'puts a newline between two members',
    does: [edit(10, ',"event_type"', ',\n"event_type"')],
    found: {
      export: 'malformed_record at 10',
      hashes: 'malformed_record at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'repeats a member with another value before it',
    does: [edit(10, '{"version"', '{"severity":"low","version"')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'repeats a member with another value after it',
    does: [edit(10, '"received_at"', '"severity":"low","received_at"')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes a record anew as other JSON of the same value',
    does: [setContents(10, 'record = record::jsonb::text::json')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes a letter as a Unicode escape',
    does: [edit(10, 'é', '\\u00e9')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes a letter in its decomposed form',
    does: [edit(10, 'é', 'e\u0301')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes the sequence as another number of the same value',
    does: [edit(10, '"sequence":10', '"sequence":1e1')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes a hash in upper case',
    does: [
      setContents(
        10,
        'record = replace(record::text, substring(record::text from \'"previous_event_hash":"([0-9a-f]+)"\'), upper(substring(record::text from \'"previous_event_hash":"([0-9a-f]+)"\')))::json',
      ),
    ],
    found: {
      export: 'chain_broken at 10',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 10',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the time of its receipt',
    does: [edit(10, '"received_at":"2018', '"received_at":"2019')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the time of the event',
    does: [edit(10, '"event_timestamp":"2018', '"event_timestamp":"2017')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the actor',
    does: [edit(10, '"actor_id":"analysis', '"actor_id":"other')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the digest of personal data',
    does: [edit(12, '"_sd":["', '"_sd":["A')],
    found: {
      export: 'chain_broken at 17',
      hashes: 'record_changed at 12',
      pack: 'chain_broken at 17',
      chain: 'record_changed at 12',
      comparison: 'answer_differs at 12',
    },
  },
  {
    name: 'edits the sequence',
    does: [edit(10, '"sequence":10', '"sequence":11')],
    found: {
      export: 'sequence_gap at 10',
      hashes: 'sequence_gap at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
    },
  },
  {
    name: 'edits the correlation',
    does: [edit(10, '"correlation_id":"rr-a"', '"correlation_id":"rr-b"')],
    found: {
      export: 'chain_broken at 10',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 10',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the log',
    does: [edit(10, '"log_id":"default"', '"log_id":"other"')],
    found: {
      export: 'wrong_log at 10',
      hashes: 'wrong_log at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the event id',
    does: [edit(10, '"event_id":"', '"event_id":"0')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'edits the link to the record before',
    does: [edit(10, '"previous_event_hash":"', '"previous_event_hash":"0')],
    found: {
      export: 'malformed_record at 10',
      hashes: 'malformed_record at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'cuts the link to the record before',
    does: [
      setContents(
        10,
        'record = regexp_replace(record::text, \'"previous_event_hash":"[0-9a-f]+"\', \'"previous_event_hash":""\')::json',
      ),
    ],
    found: {
      export: 'chain_broken at 10',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 10',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'takes a member away',
    does: [edit(10, '"severity":"info",', '')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'adds a member',
    does: [edit(10, '{"version"', '{"approved_by":"eve","version"')],
    found: {
      export: 'chain_broken at 15',
      hashes: 'record_changed at 10',
      pack: 'chain_broken at 15',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 10',
    },
  },
  {
    name: 'writes the text of an older record over a record',
    does: [
      setContents(
        10,
        "record = (select older.record from audit.records older where older.log_id = 'default' and older.sequence = 5)",
      ),
    ],
    found: {
      export: 'sequence_repeated at 10',
      hashes: 'sequence_repeated at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answer_differs at 5',
    },
  },
  {
    name: 'empties a record',
    does: [overwrite(10, '{}')],
    found: {
      export: 'malformed_record at 10',
      hashes: 'malformed_record at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answers no JSON',
    },
  },
  {
    name: 'makes a record a text',
    does: [overwrite(10, '"gone"')],
    found: {
      export: 'malformed_record at 10',
      hashes: 'malformed_record at 10',
      pack: 'is cut off',
      chain: 'record_changed at 10',
      comparison: 'answers no JSON',
    },
  },
];
