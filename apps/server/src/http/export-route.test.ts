import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { verifyExport } from '@audit/integrity';
import type { AuditRecord } from '@audit/schema';
import { expect, it } from 'vitest';
import type { Database } from '../store/database.ts';
import { days } from '../test-support/clock.ts';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { fillLog } from '../test-support/fill-log.ts';
import { parseCsv } from '../test-support/parse-csv.ts';
import { startPurgingServer } from '../test-support/purging-server.ts';
import { readExample, sampleEvent } from '../test-support/sample-events.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { problemOf, startTestServer, type TestServer } from '../test-support/test-server.ts';

const path = '/api/v1/audit/export';

async function exportFrom(server: TestServer, query = ''): Promise<{ headers: Headers; text: string }> {
  const answer = await fetch(`${server.url}${path}?${query}`);
  expect(answer.status).toBe(200);
  return { headers: answer.headers, text: await answer.text() };
}

const linesOf = (text: string) => text.split('\n').slice(0, -1);

/** Sequences of the producers' records in an export; its own event may be there, too. */
async function sequences(server: TestServer, query: string): Promise<number[]> {
  const { text } = await exportFrom(server, query);
  const records = linesOf(text).map((line) => JSON.parse(line) as AuditRecord);
  return records
    .filter(({ event_category }) => event_category !== 'datastorage')
    .map(({ sequence }) => sequence);
}

async function storedRecords(database: Database): Promise<{ record: string; event_hash: string }[]> {
  return database.query(
    `select record::text as record, encode(event_hash, 'hex') as event_hash from audit.records order by sequence`,
  );
}

/** Stores events of several correlations, more than one batch holds. */
async function fill(server: TestServer, events: number): Promise<void> {
  const batch = Array.from({ length: events }, (_, index) =>
    sampleEvent({ correlation_id: `rr-${index % 7}`, resource_id: `é😀\u2028"\\\n${index}` }),
  );
  expect((await server.post('/api/v1/audit/events/batch', batch)).status).toBe(201);
}

describeDatabases('exporting records', (open) => {
  it('gives the stored bytes of every record, one a line, in the order of the log, and says of which log', async () => {
    const server = await startTestServer(open);
    await fill(server, 300);
    const { headers, text } = await exportFrom(server);
    const stored = await storedRecords(server.database);
    expect(linesOf(text)).toEqual(stored.map(({ record }) => record));
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'application/jsonl; charset=utf-8',
      'content-disposition': 'attachment; filename="audit-default-0-300.jsonl"',
      'audit-log-id': 'default',
      'audit-log-size': '301',
    });
    expect(await verifyExport([text], { end: 301 })).toMatchObject({
      records: 301,
      correlations: 8,
      unlinked: 0,
      failure: undefined,
    });
  });

  it.each(['server', 'cli'])(
    'gives lines whose hashes openssl reproduces, as the README of %s says',
    async (app) => {
      const server = await startTestServer(open);
      await fill(server, 3);
      const [line = ''] = linesOf((await exportFrom(server, 'from_sequence=1')).text);
      const [, stored] = await storedRecords(server.database);
      expect(hashWithOpenssl(line, app)).toBe(stored?.event_hash);
    },
  );

  it('filters like a query, and by position', async () => {
    const server = await startTestServer(open, { now: () => Date.parse('2026-01-16T12:00:00Z') });
    const gateway = readExample('gateway.signal.received.valid') as object;
    await server.post('/api/v1/audit/events/batch', [
      sampleEvent({ correlation_id: 'rr-a', event_outcome: 'failure', severity: 'critical' }),
      sampleEvent({ correlation_id: 'rr-b', event_timestamp: '2026-01-14T23:59:59.999999Z' }),
      { ...gateway, correlation_id: 'rr-a', event_timestamp: '2026-01-16T01:30:00+02:00' },
    ]);
    const cases: [string, number[]][] = [
      ['', [0, 1, 2]],
      ['correlation_id=rr-a', [0, 2]],
      ['event_type=aianalysis.phase.transition', [0, 1]],
      ['event_category=gateway', [2]],
      ['event_outcome=failure', [0]],
      ['severity=critical', [0]],
      ['since=2026-01-15', [0, 2]],
      ['since=13h', [2]],
      ['until=2026-01-14T23:59:59.999999Z', [1]],
      ['from_sequence=1', [1, 2]],
      ['to_sequence=1', [0, 1]],
      ['from_sequence=1&to_sequence=1', [1]],
      ['from_sequence=3', []],
      ['to_sequence=9007199254740991', [0, 1, 2]],
      ['correlation_id=rr-a&from_sequence=1', [2]],
      ['correlation_id=rr-none', []],
      ['event_action=phase_transition', [0, 1]],
      ['detail_key=old_phase&detail_value=Pending&from_sequence=1', [1]],
    ];
    for (const [query, expected] of cases) expect(await sequences(server, query), query).toEqual(expected);
  });

  it('tells of every filter in its event, and of a person only by digest', async () => {
    const server = await startTestServer(open);
    const filter = {
      namespace: 'payments',
      actor_id: 'priya',
      detail_key: 'old_phase',
      detail_value: 'Pending',
    };
    await exportFrom(server, String(new URLSearchParams(filter)));
    const [told] = await server.records();
    expect(told?.event_data).toMatchObject({ population: 'filter', filter });
    const [stored] = await storedRecords(server.database);
    expect(stored?.record).not.toMatch(/priya|Pending/);
  });

  it('refuses what it cannot use before the first byte, and names it', async () => {
    const server = await startTestServer(open);
    const bad = [
      'format=xml',
      'from_sequence=-1',
      'from_sequence=9007199254740993',
      'to_sequence=x',
      'from_sequence=5&to_sequence=4',
      'limit=5',
      'order=desc',
      'since=yesterday',
      'event_outcome=maybe',
    ];
    for (const query of bad) {
      const answer = await server.send('GET', `${path}?${query}`);
      const name = query === 'from_sequence=5&to_sequence=4' ? 'to_sequence' : query.split('=', 1)[0];
      expect([answer.status, problemOf(answer).errors?.map((error) => error.pointer)], query).toEqual([
        400,
        [`/${name}`],
      ]);
    }
    expect((await server.send('POST', path)).headers.allow).toBe('GET');
  });

  it('tells in their places of records that were purged, unless it cannot know whether they match', async () => {
    const { server, clock, old } = await startPurgingServer(open);
    await server.post('/api/v1/audit/events/batch', [
      sampleEvent({ ...old, correlation_id: 'rr-a' }),
      sampleEvent({ ...old, correlation_id: 'rr-a', retention_days: 99 }),
      sampleEvent({ ...old, correlation_id: 'rr-b' }),
    ]);
    const [first, second, third] = await storedRecords(server.database);
    clock.time += days(9);
    await expect.poll(() => logSize(server.database), { timeout: 20_000 }).toBe(4);
    const purged = (sequence: number, hash: string | undefined) =>
      `#purged {"sequence":${sequence},"event_hash":"${hash}","by_sequence":3}`;
    const { text } = await exportFrom(server);
    expect(linesOf(text).slice(0, 3)).toEqual([
      purged(0, first?.event_hash),
      second?.record,
      purged(2, third?.event_hash),
    ]);
    expect(await verifyExport([text])).toMatchObject({
      records: 5,
      purged: 2,
      unlinked: 0,
      failure: undefined,
    });
    const correlation = await exportFrom(server, 'correlation_id=rr-a');
    expect(linesOf(correlation.text).slice(0, 2)).toEqual([purged(0, first?.event_hash), second?.record]);
    expect(await sequences(server, 'event_category=analysis')).toEqual([1]);
    const [row] = parseCsv((await exportFrom(server, 'format=csv')).text);
    expect(Object.entries(row ?? {}).filter(([, cell]) => cell !== '')).toEqual([
      ['sequence', '0'],
      ['event_id', expect.any(String)],
      ['correlation_id', 'rr-a'],
      ['log_id', 'default'],
      ['event_hash', first?.event_hash],
      ['purged_by_sequence', '3'],
    ]);
  });

  it('writes CSV that gives every text back, and that no spreadsheet takes for a formula', async () => {
    const server = await startTestServer(open);
    const hostile = [
      '=1+1',
      '+1',
      '-1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      "'=1",
      '\uff1d1',
      'a,"b"\r\nc;=1',
      'plain',
    ];
    await server.post(
      '/api/v1/audit/events/batch',
      hostile.map((text) => sampleEvent({ resource_id: text, namespace: null, duration_ms: 7 })),
    );
    const { headers, text } = await exportFrom(server, 'format=csv');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8; header=present');
    expect(headers.get('content-disposition')).toBe('attachment; filename="audit-default-0-10.csv"');
    const rows = parseCsv(text).slice(0, -1);
    const stored = await storedRecords(server.database);
    expect(rows.map((row) => row.resource_id?.replace(/^'/, ''))).toEqual(hostile);
    for (const [index, row] of rows.entries()) {
      expect(Object.values(row).filter((cell) => /^[=+\-@\t\r\n\uff1d]/.test(cell))).toEqual([]);
      const record = stored[index]?.record ?? '';
      expect(record).toContain(`"event_data":${row.event_data}`);
      expect(row).toMatchObject({
        sequence: String(index),
        event_hash: stored[index]?.event_hash,
        event_timestamp: '2026-01-15T10:30:00.123456Z',
        namespace: '',
        duration_ms: '7',
        purged_by_sequence: '',
      });
    }
  });

  it('is told of before anything is read, and ends with the event that tells of it', async () => {
    let server: TestServer | undefined;
    let isWriting = false;
    const write = async () => {
      if (!isWriting) return;
      isWriting = false;
      await server?.post('/api/v1/audit/events', sampleEvent({ correlation_id: 'rr-1' }));
    };
    server = await startTestServer(watched(open, write));
    await fill(server, 300);
    isWriting = true;
    const { headers, text } = await exportFrom(server);
    expect([headers.get('audit-log-size'), linesOf(text).length]).toEqual(['301', 301]);
    expect(await logSize(server.database)).toBe(302);
    isWriting = true;
    const trail = await exportFrom(server, 'format=jsonl&correlation_id=rr-1');
    expect(JSON.parse(linesOf(trail.text).at(-1) ?? '')).toMatchObject({ sequence: 302 });
    await exportFrom(
      server,
      'format=csv&severity=info&since=2026-01-15&from_sequence=7&disclosures=included',
    );
    await exportFrom(server, 'correlation_id=rr-none');
    const told = (await server.records()).filter(({ event_category }) => event_category === 'datastorage');
    const filter = { severity: 'info', since: '2026-01-15T00:00:00Z' };
    expect(told.map(({ correlation_id, event_data }) => ({ correlation_id, ...event_data }))).toEqual(
      [
        { correlation_id: 'export:default', format: 'jsonl', population: 'range' },
        {
          correlation_id: 'rr-1',
          format: 'jsonl',
          population: 'correlation',
          filter: { correlation_id: 'rr-1' },
        },
        {
          correlation_id: 'export:default',
          format: 'csv',
          population: 'filter',
          from_sequence: 7,
          filter,
          disclosures: 'included',
        },
        {
          correlation_id: 'export:default',
          format: 'jsonl',
          population: 'correlation',
          filter: { correlation_id: 'rr-none' },
        },
      ].map((each) => ({ event_type: 'datastorage.records.exported', disclosures: 'withheld', ...each })),
    );
  });

  it('answers 503 when the database fails at once, and cuts the connection when it fails later', async () => {
    let failAt = Number.POSITIVE_INFINITY;
    const fail = () => {
      if (--failAt < 0) throw new Error('connection terminated');
    };
    const server = await startTestServer(watched(open, fail));
    await fill(server, 300);
    for (const format of ['jsonl', 'csv']) {
      failAt = 0;
      const answer = await server.send('GET', `${path}?format=${format}`);
      expect([answer.status, problemOf(answer).type]).toEqual([503, 'urn:audit:problem:service-unavailable']);
      failAt = 1;
      const cut = await fetch(`${server.url}${path}?format=${format}`);
      expect(cut.status).toBe(200);
      await expect(cut.text()).rejects.toThrow('terminated');
    }
  });
});

describeDatabases('exporting 48 MB', (open) => {
  it.each(['', 'event_type=type'])(
    'never holds more than a few batches of %j, however slowly they are read',
    async (query) => {
      const records = 6_000;
      let statements = 0;
      const server = await startTestServer(
        watched(open, () => {
          statements++;
        }),
      );
      await fillLog(server.database, { records, recordBytes: 8_000 });
      const readWhole = async () => {
        const { body } = await fetch(`${server.url}${path}?${query}`);
        let lines = 0;
        for await (const chunk of body ?? []) for (const byte of chunk) if (byte === 0x0a) lines++;
        return lines;
      };
      const own = query === '' ? 1 : 0;
      expect(await readWhole()).toBe(records + own);
      const needed = statements;
      // It does not fit into the buffers of two sockets: whoever reads nothing stops the statements.
      const reader = request(`${server.url}${path}?${query}`);
      const opened = new Promise<void>((resolve) => {
        reader.on('response', (answer) => {
          answer.pause();
          resolve();
        });
      });
      reader.on('error', () => {});
      reader.end();
      await opened;
      // In the time that another takes for all of it, one that did not wait for its reader would have read it, too.
      expect(await readWhole()).toBe(records + 3 * own);
      const standing = statements - 2 * needed;
      expect(standing).toBeLessThan(needed / 2);
      reader.destroy();
      await new Promise((resolve) => reader.once('close', resolve));
      expect(await readWhole()).toBe(records + 4 * own);
      expect(statements - 3 * needed).toBeLessThanOrEqual(standing + 1);
    },
    120_000,
  );
});

/** A database that tells of each statement that reads a part of an export, before it is run. */
function watched(open: () => Promise<Database>, onStatement: () => unknown): () => Promise<Database> {
  return async () => {
    const database = await open();
    return {
      ...database,
      async query<Result extends Record<string, unknown>>(text: string, parameters?: readonly unknown[]) {
        if (text.includes('limit 256')) await onStatement();
        return database.query<Result>(text, parameters);
      },
      async copyOut(query) {
        await onStatement();
        return database.copyOut(query);
      },
    };
  };
}

async function logSize(database: Database): Promise<number> {
  const [log] = await database.query<{ size: number }>('select size::integer as size from audit.logs');
  return log?.size ?? 0;
}

// The three commands of the README; where there is no openssl, what they do.
function hashWithOpenssl(line: string, app: string): string {
  const directory = temporaryDirectory();
  const readme = readFileSync(new URL(`../../../${app}/README.md`, import.meta.url), 'utf8');
  const commands = /^\$ sed -n '1p' [^`]*/m.exec(readme)?.[0].replaceAll(/^\$ /gm, '') ?? 'exit 1';
  const [, file = ''] = /^sed -n '1p' (\S+)/.exec(commands) ?? [];
  writeFileSync(join(directory, file), `${line}\n`);
  try {
    const output = execFileSync('sh', ['-e', '-c', commands], {
      cwd: directory,
      encoding: 'utf8',
    });
    return output.slice(0, 64);
  } catch (error) {
    if (!(error instanceof Error && 'status' in error && error.status === 127)) throw error;
    return createHash('sha256').update(`\u0000${line}`).digest('hex');
  }
}
