import type { StoreTampering } from './tampering.ts';
import { checkpointsAndKeys } from './tamperings/checkpoints-and-keys.ts';
import { disclosures } from './tamperings/disclosures.ts';
import { filterColumns } from './tamperings/filter-columns.ts';
import { logTails } from './tamperings/log-tails.ts';
import { purgesAndHolds } from './tamperings/purges-and-holds.ts';
import { recordHashes } from './tamperings/record-hashes.ts';
import { recordOrder } from './tamperings/record-order.ts';
import { recordTexts } from './tamperings/record-texts.ts';
import { treeColumns } from './tamperings/tree-columns.ts';

/** Every tampering with the store, by what it changes. */
export const storeTamperings: Readonly<Record<string, readonly StoreTampering[]>> = {
  'texts of records': recordTexts,
  'hashes of records': recordHashes,
  'order of records': recordOrder,
  'end of the log': logTails,
  'stored tree': treeColumns,
  'checkpoint, keys, cosignatures': checkpointsAndKeys,
  'columns beside the record': filterColumns,
  'purges and holds': purgesAndHolds,
  'values of personal data': disclosures,
};
