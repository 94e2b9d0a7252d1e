import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSpoolRoot } from './default-spool-root.ts';

describe('defaultSpoolRoot', () => {
  it('is below AUDIT_SPOOL_ROOT, else below the directory for state', () => {
    const url = 'https://audit.example';
    expect(defaultSpoolRoot(url, { AUDIT_SPOOL_ROOT: '/data', XDG_STATE_HOME: '/state' })).toBe(
      '/data/audit.example-443',
    );
    expect(defaultSpoolRoot(url, { AUDIT_SPOOL_ROOT: '', XDG_STATE_HOME: '/state' })).toBe(
      '/state/audit-spool/audit.example-443',
    );
    expect(defaultSpoolRoot(url, { XDG_STATE_HOME: 'relative' })).toBe(
      join(homedir(), '.local/state/audit-spool/audit.example-443'),
    );
  });

  it('is another one for every server, and names no directory above', () => {
    const urls = [
      undefined,
      'http://audit.example',
      'https://audit.example',
      'http://audit.example:8080',
      'http://audit.example:8080/a/b',
      'http://audit.example:8080/a_b',
      'http://audit.example:8080/..%2F..%2Fb',
      'http://[::1]:8080',
    ];
    const roots = urls.map((url) => defaultSpoolRoot(url, { AUDIT_SPOOL_ROOT: '/data' }));
    expect(new Set(roots).size).toBe(urls.length);
    for (const root of roots) expect(root).toMatch(/^\/data\/[\w.%-]+$/);
  });

  it('is the same for the same server, however its address is written', () => {
    const environment = { AUDIT_SPOOL_ROOT: '/data' };
    expect(defaultSpoolRoot('HTTP://Audit.Example:80/', environment)).toBe(
      defaultSpoolRoot(new URL('http://audit.example?x#y'), environment),
    );
  });
});
