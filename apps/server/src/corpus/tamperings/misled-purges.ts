import { tamper } from '../../test-support/tamper.ts';
import { purgeSample, type SampleLog } from '../sample-log.ts';
import type { StoreTampering } from '../tampering.ts';
import { addPurge, setContents, setLeaf } from './statements.ts';

const notHeld = 'delete from audit.holds where placed_sequence = 40';
const soon = '2018-03-15T00:00:00Z';
const atTheEnd = '2025-06-01T00:00:00Z';

/** Changes what the server goes by, and has it purge, which it tells of as it must. */
const mislead =
  (time: string, ...statements: readonly string[]) =>
  async ({ database }: SampleLog): Promise<void> => {
    await tamper(database, ...statements);
    await purgeSample(database, () => Date.parse(time));
  };

/** The honest server is brought to purge what it must keep. */
export const misledPurges: readonly StoreTampering[] = [
  {
    name: 'deletes a hold, so that the server purges what was held',
    does: mislead(soon, notHeld),
    found: { archive: 'purged_despite_hold at 4', comparison: 'hold_differs at 40' },
  },
  {
    name: 'deletes a hold, and puts it back when the server has purged what was held',
    does: async (log) => {
      const away = "update audit.holds set log_id = 'away' where placed_sequence = 40";
      await mislead(soon, away)(log);
      await tamper(log.database, "update audit.holds set log_id = 'default' where log_id = 'away'");
    },
    found: { archive: 'purged_despite_hold at 4' },
  },
  {
    name: 'hides a held record under another correlation, so that the server purges it',
    does: mislead(soon, setLeaf(9, "correlation_id = 'rr-hidden'")),
    found: { archive: 'purged_despite_hold at 9', chain: 'chain_broken at 14' },
  },
  {
    name: 'makes a partition look expired, so that the server purges it',
    does: mislead(
      soon,
      "insert into audit.partition_periods values (64, 'default', 'analysis', null, '2010-01-01')",
    ),
    found: { archive: 'purged_early at 64' },
  },
  {
    name: 'dates the columns of a record back, so that the server purges it',
    does: mislead(soon, setContents(210, "event_timestamp = '2010-01-01', received_at = '2010-01-01'")),
    found: { archive: 'purged_early at 210' },
  },
  {
    name: 'gives a record a period of its own, so that the server purges it',
    does: mislead(soon, setContents(210, 'retention_days = 1')),
    found: { archive: 'purged_early at 210' },
  },
  {
    name: 'shortens the period of retention, so that the server purges',
    does: mislead(soon, 'update audit.retention_policies set retention_days = 1'),
    found: { archive: 'purged_early at 0' },
  },
  {
    name: 'says that a record was purged, so that the server empties its partition and does not name it',
    does: mislead(atTheEnd, addPurge(100, 100, 43)),
    found: {
      export: 'purge_unfounded at 100',
      hashes: 'purge_unfounded at 100',
      archive: 'purged_early at 100',
      pack: 'purge_unfounded at 100',
    },
  },
];
