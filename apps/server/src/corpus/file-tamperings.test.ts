import type { Report } from '@audit/integrity';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CourierFile, type CourierFiles, takeFiles, verifyFile } from './courier-files.ts';
import { openServer } from './open-server.ts';
import { findingAt } from './outsiders/scene.ts';
import { buildSampleLog, type SampleLog } from './sample-log.ts';
import { fileTamperings } from './tamperings/files.ts';

let log: SampleLog;
let files: CourierFiles;

beforeAll(async () => {
  log = await buildSampleLog(inject('postgresUrl'));
  const server = await openServer(log.database);
  files = await takeFiles(server, () => log.cosign());
  await server.close();
});

afterAll(() => log.close());

const found = ({ verdict, failure }: Report) =>
  failure === undefined ? verdict : findingAt(failure.code, failure.sequence);

// The packs were made before the witness saw what they hold.
const verdicts: Readonly<Record<CourierFile, string>> = {
  export: 'proven',
  checkpoint: 'proven',
  inclusion: 'proven',
  consistency: 'proven',
  tile: 'proven',
  'range pack': 'consistent_unwitnessed',
  'correlation pack': 'consistent_unwitnessed',
  'sample pack': 'consistent_unwitnessed',
};

it.each(Object.entries(verdicts))(
  'the %s of a log that nobody touched is believed',
  async (file, verdict) => {
    // The names of a record of files are files.
    expect(found(await verifyFile(file as CourierFile, files, log))).toBe(verdict);
  },
);

describe.each(Object.entries(fileTamperings))('the courier of the %s', (file, cases) => {
  it.each(cases)('$name: is found', async ({ does, found: expected }) => {
    // The names of a record of files are files.
    const name = file as CourierFile;
    const changed = await does(files[name], files);
    expect(changed).not.toBe(files[name]);
    expect(found(await verifyFile(name, { ...files, [name]: changed }, log))).toBe(expected);
  });
});
