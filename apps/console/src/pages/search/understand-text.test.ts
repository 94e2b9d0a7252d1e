import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFilters } from '../../api/search-filters.ts';
import { understandText } from './understand-text.ts';

const correlation = 'rr-3f9ab2c41d07-5e8c1a7b';
const id = '019bbbad-4606-7c83-8695-a8e7c7176213';

it.each([
  [correlation, { correlation_id: correlation }],
  [`  ${id.toUpperCase()} `, { event_id: id }],
  ['HighErrorRate', { detail_key: 'alert_name', detail_value: 'HighErrorRate' }],
  ['marta.keller@example.com', { actor_id: 'marta.keller@example.com' }],
  ['aianalysis-controller', { actor_id: 'aianalysis-controller' }],
  ['checkout', { detail_key: 'resource_name', detail_value: 'checkout' }],
  ['Deployment checkout', { detail_key: 'resource_name', detail_value: 'checkout' }],
  [
    'payments/Deployment/checkout',
    { detail_key: 'resource_name', detail_value: 'checkout', namespace: 'payments' },
  ],
  ['ns:payments', { namespace: 'payments' }],
  ['llm_request', { event_type: 'llm_request' }],
  ['orchestrator.approval.requested', { event_type: 'orchestrator.approval.requested' }],
  ['alert: "Disk is full"', { detail_key: 'alert_name', detail_value: 'Disk is full' }],
  ['', {}],
])('%j is searched for as %j', (text, filters) => {
  const { taken } = understandText(text);
  expect(Object.assign({}, ...taken.map((each) => each.filters))).toEqual(filters);
});

it.each([
  [
    `2026-01-14T09:30:00.120Z ERROR controller="remediationorchestrator" correlation_id=${correlation} phase=Executing`,
  ],
  [`{"level":"error","time":"2026-01-14T09:30:00Z","correlationId":"${correlation}","namespace":"payments"}`],
  [`E0114 09:30:00.120 1 controller.go:77] "Reconciler error" remediationRequest="payments/${correlation}"`],
  [`cannot patch payments/${correlation}: deadline exceeded (${correlation})`],
])('takes the correlation out of the log line %j', (line) => {
  const { taken } = understandText(line);
  expect(taken.map(({ filters }) => filters)).toEqual([{ correlation_id: correlation }]);
});

it('takes an event with its correlation, and offers what else the line says', () => {
  const line = `event_id=${id} correlation_id=${correlation} other=rr-3f9ab2c41d07-00000000 namespace=payments gateway.crd.created`;
  const { taken, alternatives } = understandText(line);
  expect(taken.map(({ filters }) => filters)).toEqual([{ event_id: id }, { correlation_id: correlation }]);
  expect(alternatives.map(({ filters }) => filters)).toEqual([
    { correlation_id: 'rr-3f9ab2c41d07-00000000' },
    { namespace: 'payments' },
    { event_type: 'gateway.crd.created' },
  ]);
});

it('offers other readings of a name', () => {
  const labels = understandText('checkout').alternatives.map(({ label }) => label);
  expect(labels).toEqual(['namespace', 'alert', 'actor', 'resource id', 'correlation']);
});

it('says that it understood nothing rather than searching for anything', () => {
  expect(understandText('why did it not work last night').taken).toEqual([]);
});

it('whatever is pasted, what is searched for can be asked of the server', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.json()), (text) => {
      const { taken, alternatives } = understandText(text);
      for (const { filters } of [...taken, ...alternatives]) expect(readFilters(filters)).toEqual(filters);
    }),
  );
});
