import type { AuditRecord } from '@audit/schema';
import { displayText } from '@audit/schema';
import { describe, expect, it } from 'vitest';
import { renderTimeline } from './timeline.ts';

const selected: AuditRecord = {
  version: '1.0',
  event_type: 'workflowexecution.selection.completed',
  event_timestamp: '2026-01-14T09:31:50.117Z',
  event_category: 'workflowexecution',
  event_action: 'completed',
  event_outcome: 'success',
  actor_type: 'service',
  actor_id: 'workflowexecution-controller',
  resource_type: 'WorkflowExecution',
  resource_id: 'wfe-rr-1',
  correlation_id: 'rr-1',
  severity: 'info',
  event_data: {
    event_type: 'workflowexecution.selection.completed',
    workflow_id: 'scale-deployment',
    workflow_version: '1.4.0',
    target_resource: 'payments/Deployment/checkout',
    phase: 'Pending',
    container_image: 'workflows/scale-deployment:1.4.0',
    execution_name: 'wfe-rr-1',
    workflow_name: 'Scale deployment',
  },
  event_id: '019bbbd8-dbe5-792d-9ab5-0a1dc0e416ca',
  log_id: 'default',
  sequence: 9,
  received_at: '2026-01-14T09:31:50.200Z',
  previous_event_hash: '',
  event_hash: 'a1'.repeat(32),
  legal_hold: false,
  event_date: '2026-01-14',
};

const failed: AuditRecord = {
  ...selected,
  event_type: 'workflowexecution.workflow.failed',
  event_timestamp: '2026-01-14T10:33:53.415+01:00',
  event_action: 'failed',
  event_outcome: 'failure',
  event_data: {
    ...selected.event_data,
    event_type: 'workflowexecution.workflow.failed',
    workflow_id: 'scale-deployment',
    workflow_version: '1.4.0',
    target_resource: 'payments/Deployment/checkout',
    phase: 'Failed',
    container_image: 'workflows/scale-deployment:1.4.0',
    execution_name: 'wfe-rr-1',
    failure_reason: 'OOMKilled',
    failure_message: 'the new pods were killed for lack of memory',
  },
  sequence: 10,
  previous_event_hash: selected.event_hash,
  event_hash: 'b2'.repeat(32),
};

describe('renderTimeline', () => {
  it('aligns the columns and says what is new with every event', () => {
    expect(renderTimeline([selected, failed])).toMatchInlineSnapshot(`
      "OFFSET  TIME (UTC)    EVENT                                  OUTCOME  SEQ  HASH          CHAIN  WHAT IS NEW
       +0.0s  09:31:50.117  workflowexecution.selection.completed  success    9  a1a1a1a1a1a1  ✓      Scale deployment · payments/Deployment/checkout
      +2m03s  09:33:53.415  workflowexecution.workflow.failed      failure   10  b2b2b2b2b2b2  ✓      OOMKilled · the new pods were killed for lack of memory
      "
    `);
  });

  it('puts what is new under the events when the line is too short', () => {
    expect(renderTimeline([selected, failed], { width: 120 })).toMatchInlineSnapshot(`
      "OFFSET  TIME (UTC)    EVENT                                  OUTCOME  SEQ  HASH          CHAIN
       +0.0s  09:31:50.117  workflowexecution.selection.completed  success    9  a1a1a1a1a1a1  ✓
              Scale deployment · payments/Deployment/checkout
      +2m03s  09:33:53.415  workflowexecution.workflow.failed      failure   10  b2b2b2b2b2b2  ✓
              OOMKilled · the new pods were killed for lack of memory
      "
    `);
  });

  it('marks a record that does not name the hash of the one before it', () => {
    const forged = { ...failed, previous_event_hash: 'c3'.repeat(32) };
    expect(renderTimeline([selected, forged])).toContain('✗ broken');
    expect(renderTimeline([failed])).toContain('✗ broken');
  });

  it('shows an event before the first one with a negative offset', () => {
    const late = { ...failed, event_timestamp: '2026-01-14T09:31:48.117Z' };
    expect(renderTimeline([selected, late])).toContain(' -2.0s');
  });

  it('shows nothing but the header of an empty trail', () => {
    expect(renderTimeline([])).toBe('OFFSET  TIME (UTC)  EVENT  OUTCOME  SEQ  HASH  CHAIN  WHAT IS NEW\n');
  });

  it('writes colours only when asked', () => {
    expect(renderTimeline([selected])).not.toContain('\u001b');
    expect(renderTimeline([selected], { color: true })).toContain('\u001b[32m');
  });

  it('lets no event speak to the terminal', () => {
    const attack = 'ok\u001b[2J\u0007\r\nINJECTED \u202Egnp\u2066 \uD800';
    const hostile = {
      ...failed,
      event_hash: `\u001b[31m${failed.event_hash}`,
      event_data: { ...failed.event_data, workflow_name: attack },
    };
    const text = renderTimeline([selected, hostile]);
    expect(text.split('\n')).toHaveLength(4);
    expect(text).toContain('ok\\u{1b}[2J\\u{7}\\u{d}\\u{a}INJECTED \\u{202e}gnp\\u{2066} \\u{d800}');
    expect(text).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
  });
});

describe('displayText', () => {
  it('leaves ordinary text of any script alone', () => {
    expect(displayText('Zahlung fehlgeschlagen: ünïcode, 支払い, 🚀')).toBe(
      'Zahlung fehlgeschlagen: ünïcode, 支払い, 🚀',
    );
  });

  it('cuts long text between characters', () => {
    expect(displayText('🚀'.repeat(300))).toBe(`${'🚀'.repeat(199)}…`);
  });
});
