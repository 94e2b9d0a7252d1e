import { generateKey, verifyCheckpoint } from '@audit/integrity';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { describeDatabases, type OpenDatabase } from '../test-support/describe-databases.ts';
import { sampleEvent } from '../test-support/sample-events.ts';
import { startTestServer, type TestServer } from '../test-support/test-server.ts';
import { startTestWitness, type TestWitness } from '../test-support/test-witness.ts';
import { readLogKeys } from '../tree/log-key-store.ts';
import { Cosigner } from './cosigner.ts';
import { parseWitness } from './parse-witness.ts';

interface Witnessed {
  readonly server: TestServer;
  readonly witness: TestWitness;
  readonly cosigner: Cosigner;
  readonly logKey: string;
  readonly warnings: string[];
  store(events: number): Promise<void>;
}

async function startWitnessed(open: OpenDatabase): Promise<Witnessed> {
  const server = await startTestServer(open);
  const { database } = server;
  const [key] = await readLogKeys(database, 'default');
  const logKey = key?.key ?? '';
  const witness = await startTestWitness(() => logKey);
  const warnings: string[] = [];
  const write = (line: string) =>
    warnings.push((JSON.parse(line) as { err: { message: string } }).err.message);
  const cosigner = new Cosigner({
    database,
    logId: 'default',
    logger: pino({ level: 'warn' }, { write }),
    witnesses: [witness.witness],
  });
  const store = async (events: number) => {
    const body = Array.from({ length: events }, () => sampleEvent());
    expect((await server.post('/api/v1/audit/events/batch', body)).status).toBe(201);
  };
  return { server, witness, cosigner, logKey, warnings, store };
}

describeDatabases('a witness', (open) => {
  it('cosigns every checkpoint it is asked about, and outsiders can prove it', async () => {
    const { server, witness, cosigner, logKey, store, warnings } = await startWitnessed(open);
    expect((await server.send('GET', '/checkpoint/witnessed')).status).toBe(404);
    for (const events of [3, 300, 1]) {
      await store(events);
      await cosigner.cosign();
      await cosigner.cosign();
    }
    expect([witness.cosigned, warnings]).toEqual([[3, 303, 304], []]);
    const { text } = await server.send('GET', '/checkpoint');
    const trust = { keys: [logKey], witnesses: [witness.witness.verifier.text] };
    expect(await verifyCheckpoint(text, trust)).toMatchObject({
      verdict: 'proven',
      checkpoint: { size: 304 },
    });
    await store(1);
    const newest = await server.send('GET', '/checkpoint');
    expect(await verifyCheckpoint(newest.text, trust)).toMatchObject({ verdict: 'consistent_unwitnessed' });
    expect((await server.send('GET', '/checkpoint/witnessed')).text).toBe(text);
  });

  it('that fails, lies or knows another log is reported, and nothing else suffers', async () => {
    const { server, witness, cosigner, store, warnings } = await startWitnessed(open);
    await store(2);
    for (const fault of [
      { status: 500, body: '' },
      { status: 409, body: '7\n' },
      { status: 200, body: 'nonsense' },
      { status: 200, body: '— witness.test/two AAAAAAAAAAAAAA==\n' },
    ]) {
      witness.fault = fault;
      await cosigner.cosign();
    }
    expect(warnings).toEqual([
      `the witness ${witness.witness.url} answers 500`,
      'the witness has seen 7 records, the log has 2: was an old copy restored?',
      'the witness answers without its cosignature',
      'the witness answers without its cosignature',
    ]);
    expect((await server.send('GET', '/checkpoint/witnessed')).status).toBe(404);
    witness.fault = undefined;
    await cosigner.cosign();
    expect(witness.cosigned).toEqual([2]);
  });

  it('that has seen more than this server remembers is asked again from there', async () => {
    const { server, witness, cosigner, store } = await startWitnessed(open);
    await store(5);
    await cosigner.cosign();
    await server.database.query('delete from audit.cosignatures');
    await store(5);
    await cosigner.cosign();
    expect(witness.cosigned).toEqual([5, 10]);
  });
});

describe('a witness on the command line', () => {
  it('is a submission prefix and a cosignature key', async () => {
    const { verifierKey } = await generateKey('witness.test/one', 'cosignature');
    const log = await generateKey('log.test/one');
    expect(parseWitness(`url=https://witness.test/w/,key=${verifierKey}`)).toMatchObject({
      url: 'https://witness.test/w',
      verifier: { text: verifierKey },
    });
    for (const text of [
      '',
      'url=https://witness.test',
      `url=ftp://w,key=${verifierKey}`,
      'url=https://w,key=x',
    ]) {
      expect(parseWitness(text)).toBeUndefined();
    }
    expect(parseWitness(`url=https://w,key=${log.verifierKey}`)).toBeUndefined();
  });
});
