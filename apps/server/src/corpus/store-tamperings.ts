import type { StoreTampering } from './tampering.ts';
import { checkpointsAndKeys } from './tamperings/checkpoints-and-keys.ts';
import { disclosures } from './tamperings/disclosures.ts';
import { filterColumns } from './tamperings/filter-columns.ts';
import { leavesAndPartitions } from './tamperings/leaves-and-partitions.ts';
import { logTails } from './tamperings/log-tails.ts';
import { misledPurges } from './tamperings/misled-purges.ts';
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
  'leaves, contents, partitions': leavesAndPartitions,
  'end of the log': logTails,
  'stored tree': treeColumns,
  'checkpoint, keys, cosignatures': checkpointsAndKeys,
  'columns beside the record': filterColumns,
  'purges and holds': purgesAndHolds,
  'grounds of purges': misledPurges,
  'values of personal data': disclosures,
};
