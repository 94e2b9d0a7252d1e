import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { LogVerifier } from '@audit/integrity';
import { expect, it } from 'vitest';
import { startStubServer } from '../test-support/stub-server.ts';
import { readLog } from './read-log.ts';

const log = readFileSync(
  fileURLToPath(new URL('../../../../specs/vectors/integrity/log.jsonl', import.meta.url)),
  'utf8',
);

it('keeps how far it got now and then, so that a killed process loses little', async () => {
  const { url } = await startStubServer(() => ({
    status: 200,
    body: log,
    headers: { 'audit-log-size': '300' },
  }));
  const verifier = new LogVerifier();
  const kept: number[] = [];
  await readLog(
    verifier,
    { url: new URL(url) },
    {
      size: 300,
      signal: new AbortController().signal,
      onProgress: () => {},
      keep: async () => void kept.push(verifier.next),
      keepEvery: 1,
    },
  );
  expect(verifier.next).toBe(300);
  expect(kept.length).toBeGreaterThan(0);
  expect(kept).toEqual(kept.toSorted((one, other) => one - other));
});
