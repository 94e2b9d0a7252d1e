import type { StoreTampering } from '../tampering.ts';
import { setContents, setLeaf } from './statements.ts';

/** Columns beside the record are changed, so that filters hide it or show it in a false place. */
export const filterColumns: readonly StoreTampering[] = [
  {
    name: 'moves a record to another correlation',
    does: [setLeaf(10, "correlation_id = 'rr-b'")],
    found: { chain: 'malformed_record at 10', comparison: 'filter_differs at 10' },
  },
  {
    name: 'moves the last record of a correlation to one of its own',
    does: [setLeaf(318, "correlation_id = 'rr-hidden'")],
    found: { comparison: 'filter_differs at 318' },
  },
  {
    name: 'moves the only record of a correlation to one of its own',
    does: [setLeaf(300, "correlation_id = 'rr-hidden'")],
    found: { pack: 'answers 404', comparison: 'filter_differs at 300' },
  },
  {
    name: 'edits the event id',
    does: [setLeaf(10, 'event_id = gen_random_uuid()')],
    found: { chain: 'malformed_record at 10' },
  },
  {
    name: 'edits the time',
    does: [setContents(210, "event_timestamp = '2017-01-01'")],
    found: { comparison: 'filter_differs at 210' },
  },
  {
    name: 'edits the type',
    does: [setContents(10, "event_type = 'gateway.signal.received'")],
    found: { comparison: 'filter_differs at 10' },
  },
  {
    name: 'edits the category',
    does: [setContents(10, "event_category = 'gateway'")],
    found: { comparison: 'filter_differs at 10' },
  },
  {
    name: 'makes a record of a producer one of the service',
    does: [setContents(10, "event_category = 'datastorage'")],
    found: { comparison: 'filter_differs at 10' },
  },
  {
    name: 'edits the outcome',
    does: [setContents(7, "event_outcome = 'success'")],
    found: { comparison: 'filter_differs at 7' },
  },
  {
    name: 'edits the severity',
    does: [setContents(20, "severity = 'info'")],
    found: { comparison: 'filter_differs at 20' },
  },
  {
    name: 'empties the severity',
    does: [setContents(20, 'severity = null')],
    found: { comparison: 'filter_differs at 20' },
  },
];
