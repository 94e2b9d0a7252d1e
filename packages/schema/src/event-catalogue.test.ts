import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { eventTypes } from './contract.test-support.ts';
import { defineEvent } from './define-event.ts';
import { contractCatalogue, createEventCatalogue } from './event-catalogue.ts';

const deployStarted = defineEvent({
  type: 'deployer.deploy.started',
  category: 'deployer',
  action: 'started',
  payload: { image: z.string() },
});

describe('a catalogue', () => {
  it('finds every event type of the contract, with its facts and validator', () => {
    for (const type of eventTypes) expect(contractCatalogue.find(type)?.definition.type).toBe(type);
  });

  it('does not find other names, those of every object included', () => {
    for (const type of ['', 'gateway', 'constructor', '__proto__', deployStarted.type]) {
      expect(contractCatalogue.find(type)).toBeUndefined();
    }
  });

  it("lists the user's own types last", () => {
    const catalogue = createEventCatalogue([deployStarted]);
    expect(catalogue.types).toEqual([...contractCatalogue.types, deployStarted.type]);
    expect(catalogue.find(deployStarted.type)).toBe(deployStarted);
  });

  it.each([
    ["the user's own", [deployStarted, deployStarted]],
    ['the contract', [defineEvent({ ...deployStarted, type: 'gateway.signal.received', payload: {} })]],
  ])('refuses a type that %s has already', (_name, extensions) => {
    expect(() => createEventCatalogue(extensions)).toThrow(
      expect.objectContaining({
        code: 'invalid_configuration',
        message: `event type ${extensions[0]?.type} is declared twice: rename one of them`,
      }),
    );
  });
});
