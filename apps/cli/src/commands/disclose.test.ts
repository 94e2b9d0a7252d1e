import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash } from '@audit/integrity';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../test-support/run-command.ts';
import { temporaryDirectory } from '../test-support/temporary-directory.ts';
import { readVector, serveVectorLog, vectorFile, vectorKeys } from '../test-support/vector-log.ts';

// The pack that includes values tells which record they are of; the redacted one has the same records.
const lines = readVector('range.pack').split('\n');
const first = lines.findIndex((line) => line.startsWith('#disclosure '));
const record = lines[first - 1] ?? '';
const { event_id: eventId, sequence } = JSON.parse(record);
const disclosures = lines
  .filter((line) => line.startsWith('#disclosure '))
  .map((line) => JSON.parse(line.slice('#disclosure '.length)));
const answer = {
  event_id: eventId,
  log_id: 'default',
  sequence,
  event_hash: leafHash(record),
  disclosures,
  erased: ['/actor_id'],
};
const [email] = disclosures;

function fileOf(content: unknown): string {
  const file = join(temporaryDirectory(), 'values.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const verify = (disclosed: unknown, ...options: readonly string[]) => {
  const pack = ['verify', vectorFile('redacted.pack'), '--key', vectorKeys.log];
  return runCommand([...pack, '--disclosure', fileOf(disclosed), ...options]);
};

describe('audit disclose', () => {
  it('writes the values to a file for its owner alone, and no value to the terminal', async () => {
    const path = `/api/v1/audit/events/${eventId}/disclosures`;
    const { url } = await serveVectorLog({ [path]: { status: 200, body: answer } });
    const file = join(temporaryDirectory(), 'values.json');
    const ended = await runCommand(['disclose', eventId, '--url', url, '--output', file]);
    expect(ended).toEqual({
      exitCode: 0,
      stdout: `2 values of record ${sequence} in ${file}: ${disclosures.map(({ pointer }) => pointer).join(', ')}; 1 erased: /actor_id\n`,
      stderr: '',
    });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(answer);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const json = await runCommand(['disclose', eventId, '--url', url, '--output', file, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ event_id: eventId, sequence, erased: ['/actor_id'] });
  });

  it.each([
    ['no such event', { status: 404, body: { detail: 'The log has no such record.' } }, 2],
    ['something else', { status: 200, body: '<html>' }, 4],
    ['another event', { status: 200, body: { ...answer, event_id: 'another' } }, 4],
  ])('is not content with %s', async (_, stubbed, exitCode) => {
    const { url } = await serveVectorLog({ '/api/v1/audit/events/': stubbed });
    const ended = await runCommand(['disclose', eventId, '--url', url, '--output', 'values.json']);
    expect([ended.exitCode, ended.stdout]).toEqual([exitCode, '']);
    expect(ended.stderr).toMatch(/^audit: .*\n$/);
  });
});

describe('audit verify --disclosure', () => {
  it('proves each value by the record that withholds it', async () => {
    const { exitCode, stdout } = await verify(answer);
    expect(stdout.slice(stdout.indexOf('\nDisclosed'))).toMatchInlineSnapshot(`
      "
      Disclosed of record 12, event 019bbbad-eeed-75ea-815e-197497b0b3dc:
        /event_data/recipients/0/email:  "ada@example.org"
        /event_data/recipients/0/phone:  "+49 30 1234567"
      "
    `);
    expect(exitCode).toBe(0);
    const json = JSON.parse((await verify(answer, '--json')).stdout);
    expect(json.disclosed[0]).toEqual({
      event_id: eventId,
      sequence,
      pointer: email.pointer,
      value: 'ada@example.org',
    });
  });

  it('proves them by an export as well', async () => {
    const trail = ['verify', vectorFile('log.jsonl'), '--consistency-only', '--disclosure', fileOf(answer)];
    const { exitCode, stdout } = await runCommand(trail);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('"ada@example.org"')]);
  });

  const forged = Buffer.from('["2GLC42sKQveCfGfryNRN9w","email","eve@example.org"]').toString('base64url');
  it.each([
    ['a value that was changed', { disclosures: [{ ...email, disclosure: forged }] }],
    ['a value in another place', { disclosures: [{ ...email, pointer: '/actor_id' }] }],
    ['a record that is not there', { event_hash: leafHash('{}') }],
  ])('refuses %s, and names its pointer', async (_, changed) => {
    const { exitCode, stderr, stdout } = await verify({ ...answer, ...changed }, '--json');
    expect([exitCode, JSON.parse(stdout).accepted]).toEqual([3, false]);
    expect(stderr).toMatch(/^audit: \/\S+ is not proven: .*\n$/);
  });

  it.each([['nothing'], [{}], [{ ...answer, disclosures: [{}] }]])(
    'takes %j for no disclosure',
    async (content) => {
      const ended = await verify(content);
      expect([ended.exitCode, ended.stderr]).toEqual([
        2,
        expect.stringContaining('is not what "audit disclose" writes'),
      ]);
    },
  );

  it('shows no value of a file that is broken', async () => {
    const broken = join(temporaryDirectory(), 'broken.pack');
    writeFileSync(broken, readVector('redacted.pack').slice(0, -10));
    const ended = await runCommand([
      'verify',
      broken,
      '--key',
      vectorKeys.log,
      '--disclosure',
      fileOf(answer),
    ]);
    expect([ended.exitCode, ended.stdout.includes('Disclosed')]).toEqual([3, false]);
  });
});
