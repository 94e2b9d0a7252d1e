import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineEvent } from './define-event.ts';
import { draftEvent } from './draft-event.ts';
import { createEventCatalogue } from './event-catalogue.ts';
import { safeParseEvent } from './parse-event.ts';

const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  outcomes: ['success'],
  payload: {
    image: z.string().min(1),
    replicas: z.int().positive().optional(),
    regions: z.array(z.string()).min(1).optional(),
    limits: z.strictObject({ memory: z.string() }).optional(),
  },
});

const catalogue = createEventCatalogue([deployStarted]);

const event = {
  event_timestamp: '2026-01-14T09:14:02Z',
  ...draftEvent(deployStarted, {
    event_outcome: 'success',
    correlation_id: 'rr-1',
    event_data: { image: 'registry.example.com/app:1' },
  }),
};

function messagesOf(data: object): string[] {
  const result = safeParseEvent({ ...event, event_data: { ...event.event_data, ...data } }, { catalogue });
  return result.success ? [] : result.issues.map(({ message }) => message);
}

describe("a user's own event", () => {
  it('has the facts it was defined with', () => {
    expect(deployStarted).toMatchObject({
      type: 'deployer.deploy.started',
      service: 'deployer',
      category: 'deployer',
      action: 'started',
      outcomes: ['success'],
    });
    expect(event).toMatchObject({ event_category: 'deployer', event_action: 'started' });
  });

  it('may have any outcome unless told otherwise', () => {
    const { outcomes } = defineEvent({ type: 'a.b.c', category: 'a', action: 'c', payload: {} });
    expect(outcomes).toEqual(['success', 'failure', 'pending']);
  });

  it('is accepted by a catalogue that has it, as it was written', () => {
    expect(safeParseEvent(event, { catalogue })).toEqual({ success: true, event });
  });

  it('is unknown to the contract', () => {
    expect(safeParseEvent(event)).toMatchObject({
      issues: [{ code: 'unknown_event_type', pointer: '/event_type' }],
    });
  });

  it('is validated like those of the contract', () => {
    expect(
      messagesOf({ image: '', replicas: 0, regions: [], limits: { memory: '1Gi', cpu: '1' }, tag: 1 }),
    ).toMatchInlineSnapshot(`
      [
        "/event_data/image: expected at least 1 character, received """,
        "/event_data/replicas: expected more than 0, received 0",
        "/event_data/regions: expected at least 1 item, received an array of 0",
        "/event_data/limits/cpu: expected no such member, received "1"",
        "/event_data/tag: expected no such member, received 1",
      ]
    `);
    expect(messagesOf({ event_type: 'deployer.deploy.finished' })).toMatchInlineSnapshot(`
      [
        "/event_data/event_type: expected "deployer.deploy.started" as in event_type, received "deployer.deploy.finished"",
      ]
    `);
  });

  it('whose check throws is a fault of the event, not of the caller', () => {
    const broken = z.string().refine(() => {
      throw new Error('lookup failed');
    });
    const defined = defineEvent({ ...deployStarted, payload: { image: broken } });
    expect(safeParseEvent(event, { catalogue: createEventCatalogue([defined]) })).toMatchObject({
      success: false,
      issues: [{ pointer: '', received: 'one that throws Error: lookup failed' }],
    });
  });
});

describe('defineEvent', () => {
  const names = { type: 'a.b.c', category: 'a', action: 'c', payload: {} };

  it.each([
    ['type', 100],
    ['category', 50],
    ['action', 50],
  ])('refuses a %s that cannot be stored', (name, charsMax) => {
    expect(() => defineEvent({ ...names, [name]: 'x'.repeat(charsMax) })).not.toThrow();
    for (const value of ['', 'x'.repeat(charsMax + 1)]) {
      expect(() => defineEvent({ ...names, [name]: value })).toThrow(
        expect.objectContaining({
          code: 'invalid_configuration',
          message: `defineEvent: ${name} must have 1 to ${charsMax} characters, received "${value}"`,
        }),
      );
    }
  });
});
