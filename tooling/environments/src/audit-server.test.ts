import { readFile } from 'node:fs/promises';
import { describe, expect, inject, it } from 'vitest';
import { startAuditServer } from './audit-server.ts';
import { createDatabase } from './create-database.ts';

const example = new URL('../../../specs/examples/gateway.crd.created.valid.json', import.meta.url);

describe('startAuditServer', () => {
  it('keeps data directory and address over a crash and a restart', async () => {
    // The directory has the key of the log, without which no server starts on its database again.
    const environment = { DATABASE_URL: await createDatabase(inject('postgresUrl')) };
    const server = await startAuditServer({ program: 'sources', environment });
    try {
      const { url, pid } = server;
      await storeEvent(url);
      const trail = await readTrail(url);
      expect(trail).toContain('gateway.crd.created');
      await server.kill();
      await expect(readTrail(url)).rejects.toThrow('fetch failed');
      await server.restart();
      expect(server.url).toBe(url);
      expect(server.pid).not.toBe(pid);
      expect(await readTrail(url)).toBe(trail);
    } finally {
      await server.stop();
    }
  });

  it('says so when the service ends instead', async () => {
    const starting = startAuditServer({ program: 'sources', nodeFlags: ['--check'] });
    await expect(starting).rejects.toThrow('audit-server ended with code 0 before it was ready');
  });

  it('says so when the service prints something else', async () => {
    const starting = startAuditServer({ program: 'sources', flags: ['--help'] });
    await expect(starting).rejects.toThrow('is ready, received: Usage: audit-server');
  });
});

async function storeEvent(url: string): Promise<void> {
  const response = await fetch(`${url}/api/v1/audit/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: await readFile(example),
  });
  expect(response.status).toBe(201);
}

async function readTrail(url: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/audit/events`);
  return response.text();
}
