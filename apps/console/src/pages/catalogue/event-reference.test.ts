import { personalDataPaths } from '@audit/schema';
import { expect, it } from 'vitest';
import { describeEvents } from '../../../build/describe-events.ts';
import { readContract, readExample } from '../../../build/read-contract.ts';

const reference = describeEvents(readContract());
const fieldsOf = (type: string) => {
  const event = reference.events.find((each) => each.type === type);
  return reference.payloads[event?.payload ?? '']?.fields ?? [];
};

it('describes a member with its type, values, meaning and whether it must be there', () => {
  expect(fieldsOf('gateway.signal.received').find(({ path }) => path === 'signal_type')).toEqual({
    path: 'signal_type',
    type: 'string',
    isRequired: true,
    values: ['prometheus-alert', 'kubernetes-event', 'alert'],
    description:
      'Kind of adapter that took the signal in. Any adapter without a value of its own reports alert.',
  });
  expect(fieldsOf('gateway.signal.received').find(({ path }) => path === 'signal_labels')?.type).toBe(
    'map of string',
  );
});

it('lists the members of objects within objects and arrays by their paths', () => {
  const paths = fieldsOf('gateway.crd.failed').map(({ path }) => path);
  expect(paths).toContain('error_details.message');
  expect(fieldsOf('webhook.notification.cancelled').map(({ path }) => path)).toContain('recipients[].email');
});

it('marks exactly the members that the schemas hold to be personal data', () => {
  const marked = reference.events.flatMap(({ type }) =>
    fieldsOf(type)
      .filter(({ personal }) => personal !== undefined)
      .map(({ path }) => `${type} event_data.${path.replaceAll('[]', '.*')}`),
  );
  const expected = [...personalDataPaths].flatMap(([type, paths]) =>
    paths.map((path) => `${type} ${path.join('.')}`),
  );
  expect(marked.toSorted()).toEqual(expected.toSorted());
  expect(reference.envelope.find(({ path }) => path === 'actor_id')).toMatchObject({
    personal: 'user',
    personalWhen: 'actor_type is user',
  });
});

it('has an example of every event type', () => {
  for (const { type } of reference.events)
    expect(JSON.parse(readExample(type))).toMatchObject({ event_type: type });
});
