import { expect, it } from 'vitest';
import { recordSchema } from './member-schema.ts';

const contract = {
  components: {
    schemas: {
      AuditRecord: {
        properties: {
          actor_id: { type: 'string', description: 'Who acted.', 'x-pii': 'user' },
          event_outcome: { $ref: '#/components/schemas/EventOutcome' },
          event_data: {},
        },
      },
      EventOutcome: { description: 'How it ended.' },
      AuditEventData: { discriminator: { mapping: { 'a.b.c': '#/components/schemas/Payload' } } },
      Payload: {
        description: 'What was done.',
        properties: {
          tasks: { items: { properties: { name: { description: 'Name of the task.' } } } },
          error: { allOf: [{ $ref: '#/components/schemas/ErrorDetails' }], description: 'What went wrong.' },
        },
      },
      ErrorDetails: { properties: { code: { description: 'Class of the error.' } } },
    },
  },
};

it('describes members of the envelope and of the payload of the type, at any depth', () => {
  const schema = recordSchema(contract, 'a.b.c');
  expect(schema.member('actor_id')).toMatchObject({ description: 'Who acted.', personal: 'user' });
  expect(schema.member('event_outcome').description).toBe('How it ended.');
  const payload = schema.member('event_data');
  expect(payload.description).toBe('What was done.');
  expect(payload.member('tasks').item().member('name').description).toBe('Name of the task.');
  expect(payload.member('error').description).toBe('What went wrong.');
  expect(payload.member('error').member('code').description).toBe('Class of the error.');
});

it('says nothing of what the contract does not have', () => {
  for (const each of [contract, undefined, null, 7, {}]) {
    const payload = recordSchema(each, 'own.type.sent').member('event_data');
    expect(payload.description).toBeUndefined();
    expect(payload.member('__proto__').item().member('constructor').description).toBeUndefined();
  }
});
