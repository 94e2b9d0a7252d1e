import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AuditServer,
  copyDatabase,
  createDatabase,
  startAuditServer,
  tamperWithDatabase,
} from '@audit/environments';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { keyOf, storeEvents } from '../test-support/store-events.ts';
import { closedUrl, startStubServer } from '../test-support/stub-server.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';

let server: AuditServer;
let databaseUrl: string;
let key: string;

beforeAll(async () => {
  databaseUrl = await createDatabase(inject('postgresUrl'));
  server = await startAuditServer({ program: 'sources', environment: { DATABASE_URL: databaseUrl } });
  key = await keyOf(server.url);
  await storeEvents(server.url, 300);
});

afterAll(() => server.stop());

const verify = (stateDirectory: string, ...options: readonly string[]) =>
  runCommand(['verify', '--url', server.url, '--state-dir', stateDirectory, ...options]);

describe('audit verify of a server', () => {
  it('proves the whole log, and says that it has nothing to compare with the first time', async () => {
    const directory = temporaryDirectory();
    const first = await verify(directory, '--key', key);
    expect(first.stdout).toContain('x');
  });
});
