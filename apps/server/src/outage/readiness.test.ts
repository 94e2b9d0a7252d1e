import { expect, it } from 'vitest';
import type { IntakeStatus } from './intake.ts';
import type { OutageState } from './outage-state.ts';
import { judgeReadiness } from './readiness.ts';

const statistics = {
  entries: 7,
  bytes: 900,
  occupiedBytes: 1_000,
  firstSequence: 1,
  nextSequence: 8,
  deadLetters: 2,
  damagedEntries: 0,
  tornAppends: 0,
};
const intake = (state: OutageState, isSpoolRefusing = false): IntakeStatus => ({
  state,
  isSpoolRefusing,
  spool: statistics,
});

it.each([
  ['the database takes writes', 'connected', true, false, 'ready', undefined],
  [
    'nobody noticed yet that the database is away',
    'connected',
    false,
    false,
    'degraded',
    'database_unreachable',
  ],
  ['the database is away', 'away', false, false, 'degraded', 'database_unreachable'],
  ['the database is back', 'draining', true, false, 'degraded', 'draining_spool'],
  ['the last of the spool is being stored', 'handing_over', true, false, 'degraded', 'draining_spool'],
  ['database and spool take nothing', 'away', false, true, 'not_ready', 'database_unreachable'],
  ['the spool was full, but the database is back', 'draining', true, true, 'degraded', 'draining_spool'],
  ['the spool was full, but the database takes writes', 'connected', true, true, 'ready', undefined],
] as const)('when %s', (_name, state, isDatabaseThere, isSpoolRefusing, status, reason) => {
  const spool = { requests: 7, bytes: 900, dead_letters: 2 };
  expect(
    judgeReadiness({ isClosing: false, isDatabaseThere, intake: intake(state, isSpoolRefusing) }),
  ).toEqual({
    status,
    ...(reason === undefined ? {} : { reason }),
    spool,
  });
});

it('depends on the database alone without a spool', () => {
  const judge = (isDatabaseThere: boolean) =>
    judgeReadiness({ isClosing: false, isDatabaseThere, intake: undefined });
  expect(judge(true)).toEqual({ status: 'ready' });
  expect(judge(false)).toEqual({ status: 'not_ready', reason: 'database_unreachable' });
});

it('ends with the shutdown', () => {
  expect(judgeReadiness({ isClosing: true, isDatabaseThere: true, intake: undefined })).toEqual({
    status: 'not_ready',
    reason: 'shutting_down',
  });
});
