import { draftEvent, gatewayEvents, skipEvent } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { expectEvent } from './expect-event.ts';

describe('expectEvent', () => {
  it('gives back an event that the contract accepts', () => {
    const event = draftCreated('KubePodOOMKilled');
    expect(expectEvent(event)).toBe(event);
  });

  it('refuses a skip', () => {
    expect(() => expectEvent(skipEvent('the phase is the same'))).toThrow('the phase is the same');
  });

  it('refuses an event that the contract refuses', () => {
    expect(() => expectEvent({ ...draftCreated('KubePodOOMKilled'), correlation_id: '' })).toThrow();
  });

  it('refuses an event that is too large to be sent', () => {
    expect(() => expectEvent(draftCreated('x'.repeat(300_000)))).toThrow();
  });
});

function draftCreated(alertName: string) {
  return draftEvent(gatewayEvents.crdCreated, {
    event_outcome: 'success',
    actor_type: 'gateway',
    actor_id: 'crd-creator',
    resource_type: 'RemediationRequest',
    resource_id: 'rr-1',
    correlation_id: 'rr-1',
    event_data: {
      signal_type: 'prometheus-alert',
      alert_name: alertName,
      namespace: 'payments',
      fingerprint: '3f9ab2c41d072b5a',
      remediation_request: 'payments/rr-1',
    },
  });
}
