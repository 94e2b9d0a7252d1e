import { join } from 'node:path';
import { createMemorySpool } from './memory-spool.ts';
import { openFileSpool } from './open-file-spool.ts';
import { conformanceTimeMs, describeSpool } from './spool-conformance.test-support.ts';
import { nodeSpoolFiles } from './spool-files.ts';
import { temporaryDirectory } from './temporary-directory.test-support.ts';

const options = { entryBytesMax: 1_000, now: () => conformanceTimeMs };

describeSpool('a spool in memory', async () => ({ spool: createMemorySpool(options) }));

let directories = 0;
// The disk need not be asked: nothing here loses its power.
const files = { ...nodeSpoolFiles, fsync: async () => {}, fdatasync: async () => {} };

describeSpool('a spool in files', async () => {
  directories += 1;
  const directory = join(temporaryDirectory(), String(directories));
  const open = () => openFileSpool({ ...options, directory, files, segmentBytes: 2_000 });
  let spool = open();
  return {
    spool,
    async reopen() {
      await spool.close();
      spool = open();
      return spool;
    },
  };
});
