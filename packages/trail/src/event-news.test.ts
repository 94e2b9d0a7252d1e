import type { AuditRecord } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { eventNews } from './event-news.ts';

const decided: AuditRecord = {
  version: '1.0',
  event_type: 'webhook.approval.decided',
  event_timestamp: '2026-01-14T09:33:43.254Z',
  event_category: 'webhook',
  event_action: 'approval_decided',
  event_outcome: 'success',
  actor_type: 'user',
  actor_id: 'marta.keller@example.com',
  resource_type: 'RemediationApprovalRequest',
  resource_id: 'e5b0f2b6-3f43-7d7b-8e0a-0d8a1b1c9a10',
  correlation_id: 'rr-1',
  severity: 'info',
  event_data: {
    event_type: 'webhook.approval.decided',
    request_name: 'rar-rr-1',
    decision: 'Approved',
    decided_at: '2026-01-14T09:33:43Z',
    decision_message: 'Nothing else {was} deployed.',
    ai_analysis_ref: 'ai-rr-1',
  },
  event_id: '019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca',
  log_id: 'default',
  sequence: 9,
  received_at: '2026-01-14T09:33:43.300Z',
  previous_event_hash: '',
  event_hash: 'a1'.repeat(32),
  legal_hold: false,
  event_date: '2026-01-14',
};

const transitioned: AuditRecord = {
  ...decided,
  event_type: 'orchestrator.lifecycle.transitioned',
  actor_type: 'service',
  actor_id: 'remediationorchestrator-controller',
  event_data: {
    event_type: 'orchestrator.lifecycle.transitioned',
    rr_name: 'rr-1',
    namespace: 'payments',
    from_phase: 'AwaitingApproval',
    to_phase: 'Executing',
  },
};

describe('eventNews', () => {
  it('tells what a payload says to people, and which person acted', () => {
    expect(eventNews([decided, transitioned])).toEqual([
      ['by marta.keller@example.com', 'Approved', 'Nothing else {was} deployed.'],
      ['AwaitingApproval → Executing'],
    ]);
  });

  it('tells nothing twice but the person', () => {
    expect(eventNews([decided, transitioned, decided, transitioned]).slice(2)).toEqual([
      ['by marta.keller@example.com'],
      [],
    ]);
  });
});
