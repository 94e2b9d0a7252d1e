import type { StoreTampering } from '../tampering.ts';

const at = (sequence: number) => `log_id = 'default' and sequence = ${sequence}`;

/** Values of personal data, which records hold as digests only, are changed. */
export const disclosures: readonly StoreTampering[] = [
  {
    name: 'edits a value',
    does: [
      `update audit.disclosures set disclosure = replace(encode(convert_to('["c2FsdA","actor_id","eve@example.com"]', 'UTF8'), 'base64'), '=', '') where ${at(7)}`,
    ],
    found: { pack: 'disclosure_mismatch at 7' },
  },
  {
    name: 'swaps the values of two records',
    does: [
      `update audit.disclosures set disclosure = (select other.disclosure from audit.disclosures other where other.log_id = 'default' and other.sequence = 24 - disclosures.sequence) where log_id = 'default' and sequence in (7, 17)`,
    ],
    found: { pack: 'disclosure_mismatch at 7' },
  },
  {
    name: 'makes a value no value',
    does: [`update audit.disclosures set disclosure = 'none' where ${at(7)}`],
    found: { pack: 'disclosure_mismatch at 7', comparison: 'answers 500' },
  },
  {
    name: 'moves a value to another member',
    does: [`update audit.disclosures set pointer = '/resource_id' where ${at(7)}`],
    found: { pack: 'disclosure_mismatch at 7' },
  },
  {
    name: 'moves a value to another record',
    does: [`update audit.disclosures set sequence = 10 where ${at(7)}`],
    found: { pack: 'disclosure_mismatch at 10', comparison: 'disclosure_differs at 7' },
  },
  {
    name: 'adds a value to a record that has none',
    does: [
      `insert into audit.disclosures (log_id, sequence, pointer, disclosure) select log_id, 10, pointer, disclosure from audit.disclosures where ${at(7)}`,
    ],
    found: { pack: 'disclosure_mismatch at 10' },
  },
  {
    name: 'adds a second value to a record',
    does: [
      `insert into audit.disclosures (log_id, sequence, pointer, disclosure) select log_id, sequence, '/resource_id', disclosure from audit.disclosures where ${at(7)}`,
    ],
    found: { pack: 'disclosure_mismatch at 7', comparison: 'disclosure_differs at 7' },
  },
  {
    name: 'deletes a value',
    does: [`delete from audit.disclosures where ${at(7)}`],
    found: { comparison: 'disclosure_differs at 7' },
  },
  {
    name: 'erases a value without the event',
    does: [`update audit.disclosures set disclosure = null, erased_by = 44 where ${at(7)}`],
    found: { comparison: 'disclosure_differs at 7' },
  },
  {
    name: 'puts another value in the place of an erased one',
    does: [
      `update audit.disclosures set erased_by = null, disclosure = (select disclosure from audit.disclosures where ${at(7)}) where ${at(2)}`,
    ],
    found: { pack: 'disclosure_mismatch at 2' },
  },
  {
    name: 'deletes what tells of an erased value',
    does: [`delete from audit.disclosures where ${at(2)}`],
    found: { comparison: 'disclosure_differs at 2' },
  },
];
