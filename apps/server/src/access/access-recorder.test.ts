import type { EventDraft } from '@audit/schema';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { AccessRecorder } from './access-recorder.ts';

interface Recorded {
  readonly recorder: AccessRecorder;
  readonly stored: () => readonly EventDraft[];
  setAway(isAway: boolean): void;
}

// Windows that no test outlives: what is told is told when the test says so.
function record(): Recorded {
  const stored: EventDraft[] = [];
  let isAway = false;
  const ownEvents = new OwnEventWriter({
    now: () => 0,
    async submit(submission) {
      if (isAway) throw Object.assign(new Error('away'), { code: 'ECONNREFUSED' });
      stored.push(...submission.map(({ told }) => JSON.parse(`${told}}`) as EventDraft));
      return { outcome: 'stored', added: submission.length };
    },
  });
  const recorder = new AccessRecorder({
    ownEvents,
    logId: 'default',
    logger: pino({ level: 'silent' }),
    now: () => 0,
  });
  return {
    recorder,
    stored: () => stored,
    setAway(value) {
      isAway = value;
    },
  };
}

const requests = (drafts: readonly EventDraft[]) =>
  drafts.map(({ actor_id, event_data }) => [actor_id, Reflect.get(Object(event_data), 'requests')]);

it('strangers beyond what is told apart are counted together, so that they cannot crowd the log', async () => {
  const { recorder, stored } = record();
  for (let stranger = 0; stranger < 500; stranger += 1) {
    const caller = { peer: `2001:db8::${stranger}` };
    recorder.noteRefusal({ caller, operation: 'queryAuditEvents', reason: 'no_credentials' });
  }
  await recorder.flush();
  expect(stored()).toHaveLength(51);
  expect(requests(stored()).at(-1)).toEqual(['several', 450]);
});

it('a reader with more filters than are told apart is still told of by his name', async () => {
  const { recorder, stored } = record();
  for (let at = 0; at < 1_500; at += 1) {
    const filter = { correlation_id: `rr-${at}` };
    recorder.noteReading({ principal: { id: 'marta' }, operation: 'queryAuditEvents', filter, records: 1 });
  }
  await recorder.flush();
  expect(requests(stored()).at(-1)).toEqual(['marta', 500]);
  expect(stored()).toHaveLength(1_001);
});

it('what cannot be stored is kept, counted with what comes, and stored later', async () => {
  const { recorder, setAway, stored } = record();
  const reading = { principal: { id: 'marta' }, operation: 'queryAuditEvents', records: 2 };
  setAway(true);
  recorder.noteReading(reading);
  await recorder.flush();
  recorder.noteReading(reading);
  await recorder.flush();
  expect(stored()).toEqual([]);
  setAway(false);
  await recorder.close();
  expect(requests(stored())).toEqual([['marta', 2]]);
});

it('an outage of any length holds no more than is told apart', async () => {
  const { recorder, setAway, stored } = record();
  setAway(true);
  for (let round = 0; round < 5; round += 1) {
    const flushed = recorder.flush();
    for (let at = 0; at < 800; at += 1) {
      const filter = { correlation_id: `rr-${round}-${at}` };
      recorder.noteReading({ principal: { id: 'marta' }, operation: 'queryAuditEvents', filter, records: 0 });
    }
    await flushed;
  }
  setAway(false);
  await recorder.close();
  expect(stored()).toHaveLength(1_001);
  expect(requests(stored()).reduce((sum, [, count]) => sum + Number(count), 0)).toBe(4_000);
});
