import { LogVerifier } from '@audit/integrity';
import { expect, it } from 'vitest';
import { serveVectorLog } from '../test-support/vector-log.ts';
import { readLog } from './read-log.ts';

it('keeps how far it got now and then, so that a killed process loses little', async () => {
  const { url } = await serveVectorLog();
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
