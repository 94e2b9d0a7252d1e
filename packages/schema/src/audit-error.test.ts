import { describe, expect, it, vi } from 'vitest';
import { AuditError, isAuditError } from './audit-error.ts';
import { InvalidEventError } from './invalid-event-error.ts';

describe('an AuditError', () => {
  it('says why, and that trying again is no use unless told otherwise', () => {
    const error = new AuditError('queue: expected a number', { code: 'invalid_configuration' });
    expect(error).toMatchObject({ name: 'AuditError', code: 'invalid_configuration', retryable: false });
    expect(error.message).toBe('queue: expected a number');
    expect(error).toBeInstanceOf(Error);
    expect('cause' in error).toBe(false);
  });

  it('keeps what caused it', () => {
    const cause = new Error('connect ECONNREFUSED');
    const error = new AuditError('not delivered', { code: 'delivery_failed', retryable: true, cause });
    expect(error).toMatchObject({ retryable: true, cause });
  });
});

describe('isAuditError', () => {
  it('knows every error of the audit packages, and nothing else', () => {
    expect(isAuditError(new AuditError('', { code: 'delivery_failed' }))).toBe(true);
    expect(isAuditError(new InvalidEventError([]))).toBe(true);
    for (const other of [
      new Error('invalid_event'),
      { code: 'invalid_event' },
      'invalid_event',
      null,
      undefined,
    ]) {
      expect(isAuditError(other)).toBe(false);
    }
  });

  it('knows the errors of another loaded copy of the package', async () => {
    vi.resetModules();
    const copy = await import('./invalid-event-error.ts');
    const error = new copy.InvalidEventError([]);
    expect(error).not.toBeInstanceOf(AuditError);
    expect(isAuditError(error)).toBe(true);
  });
});
