import { expect, it, vi } from 'vitest';
import { readTask } from './settings.ts';

/** Reads a command line under these variables. */
function read(flags: readonly string[], env: Readonly<Record<string, string>> = {}) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  let stderr = '';
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    stderr += String(text);
    return true;
  });
  try {
    return { task: readTask(flags), stderr };
  } finally {
    write.mockRestore();
    vi.unstubAllEnvs();
  }
}

it.each<[string[], Record<string, string>, string]>([
  [['--port', '65536'], {}, '--port'],
  [[], { AUDIT_PORT: 'http' }, 'AUDIT_PORT'],
  [['--log-level', 'loud'], {}, '--log-level'],
  [['--batch-events-max', '0'], {}, '--batch-events-max'],
  [[], { AUDIT_BODY_BYTES_MAX: '5MB' }, 'AUDIT_BODY_BYTES_MAX'],
  [['--event-past-seconds-max', '-1'], {}, '--event-past-seconds-max'],
  [[], { AUDIT_SPOOL_QUOTA_BYTES: '1' }, 'AUDIT_SPOOL_QUOTA_BYTES'],
  [['--database-url', 'mysql://user:secret@localhost'], {}, '--database-url'],
  [[], { DATABASE_URL: 'secret' }, 'DATABASE_URL'],
  [['--witness', 'https://witness.test'], {}, '--witness'],
  [[], { AUDIT_WITNESS: 'url=https://witness.test,key=x' }, 'AUDIT_WITNESS'],
  [['--retention', 'gateway=0'], {}, '--retention'],
  [['--host', '0.0.0.0'], {}, '--access-policy'],
  [['--host', '::'], {}, '--access-policy'],
  [[], { AUDIT_HOST: 'audit.example.com' }, '--access-policy'],
  [['--tls-cert', 'tls.crt'], {}, '--tls-key'],
  [[], { AUDIT_TLS_KEY: 'tls.key' }, 'AUDIT_TLS_CERT'],
  [['--cors-origin', 'https://example.com/path'], {}, '--cors-origin'],
  [[], { AUDIT_CONSOLE: 'maybe' }, 'AUDIT_CONSOLE'],
  [[], { AUDIT_CORS_ORIGIN: '*' }, 'AUDIT_CORS_ORIGIN'],
  [[], { AUDIT_REQUESTS_PER_SECOND_MAX: '0' }, 'AUDIT_REQUESTS_PER_SECOND_MAX'],
  [['--request-timeout-seconds', '0.5'], {}, '--request-timeout-seconds'],
  [['--exports-max', 'all'], {}, '--exports-max'],
  [['--metrics-port', '65536'], {}, '--metrics-port'],
  [['--shutdown-timeout-seconds', '5'], { KUBERNETES_SERVICE_HOST: '10.0.0.1' }, '--shutdown-delay-seconds'],
  [['token', 'gateway'], {}, '--role'],
  [['token', 'gateway', '--role', 'root'], {}, '--role'],
  [['migrate'], {}, 'DATABASE_URL'],
  [['signing-key', 'two words'], {}, '<log-origin>'],
  [['--colour'], {}, '--colour'],
  [['extra'], {}, 'arguments'],
  [['check', '--port', 'x'], {}, '--port'],
])('%j with %j is misuse: one line that names the setting, and no secret', (flags, env, named) => {
  const { stderr, task } = read(flags, env);
  expect([task, stderr.trimEnd().split('\n')]).toEqual([{ exitCode: 2 }, [expect.stringContaining(named)]]);
  expect(stderr).not.toContain('secret');
});

it('takes flags before variables, and lists with spaces between', () => {
  const { task } = read(['--port', '0', '--access-policy', 'policy.json'], {
    AUDIT_PORT: '1',
    AUDIT_HOST: '0.0.0.0',
    AUDIT_CORS_ORIGIN: 'https://one.example.com http://localhost:5173',
    AUDIT_TLS_CERT: 'tls.crt',
    AUDIT_TLS_KEY: 'tls.key',
  });
  expect(task).toMatchObject({
    task: 'serve',
    settings: {
      port: 0,
      host: '0.0.0.0',
      accessPolicy: 'policy.json',
      corsOrigin: ['https://one.example.com', 'http://localhost:5173'],
      tls: { certificate: 'tls.crt', key: 'tls.key' },
    },
  });
});

it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('needs no access policy at %s', (host) => {
  expect(read(['check', '--host', host, '--json']).task).toMatchObject({
    task: 'check',
    json: true,
    settings: { host },
  });
});
