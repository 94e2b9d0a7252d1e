import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { paths } from './paths.ts';
import type { SpecDocument } from './spec-document.ts';

const require = createRequire(import.meta.url);

/** Joins the files under `specs/data-storage-v1/` into `specs/data-storage-v1.yaml` and returns the document. */
export async function bundleSpec(): Promise<SpecDocument> {
  const redocly = require.resolve('@redocly/cli/bin/cli.js');
  await promisify(execFile)(
    process.execPath,
    [redocly, 'bundle', paths.specSource, '--output', paths.specBundle],
    {
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  // The bundle is our own file, checked by the linter: its shape is the one declared in SpecDocument.
  return parse(await readFile(paths.specBundle, 'utf8')) as SpecDocument;
}
