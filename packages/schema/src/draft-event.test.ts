import { expect, it } from 'vitest';
import { draftEvent, envelopeVersion } from './draft-event.ts';
import { gatewayEvents } from './generated/events/gateway.ts';
import { safeParseEvent } from './parse-event.ts';

const members = {
  event_outcome: 'success',
  correlation_id: 'rr-1',
  event_data: {
    signal_type: 'alert',
    alert_name: 'KubePodOOMKilled',
    namespace: 'payments',
    fingerprint: '3f9ab2c4',
  },
} as const;

it('a draft has the facts of the event table, the type in envelope and payload', () => {
  expect(draftEvent(gatewayEvents.signalReceived, members)).toStrictEqual({
    version: envelopeVersion,
    event_type: 'gateway.signal.received',
    event_category: 'gateway',
    event_action: 'received',
    event_outcome: 'success',
    correlation_id: 'rr-1',
    event_data: { event_type: 'gateway.signal.received', ...members.event_data },
  });
});

it('a draft with a time is an event of the contract', () => {
  const draft = draftEvent(gatewayEvents.signalReceived, members);
  expect(safeParseEvent({ ...draft, event_timestamp: '2026-01-14T09:14:02Z' })).toMatchObject({
    success: true,
  });
});

it('a draft keeps the id and time a builder gives', () => {
  const given = {
    event_id: '019bbbc8-90c6-770c-b57b-8625edb2dea2',
    event_timestamp: '2026-01-14T09:14:02Z',
  };
  expect(draftEvent(gatewayEvents.signalReceived, { ...members, ...given })).toMatchObject(given);
});

it('a draft leaves what it was made from as it is', () => {
  const alert_name = 'a\u0000b';
  const odd = { ...members, event_data: { ...members.event_data, alert_name } };
  expect(draftEvent(gatewayEvents.signalReceived, odd).event_data.alert_name).toBe('a\uFFFDb');
  expect(odd.event_data.alert_name).toBe(alert_name);
});
