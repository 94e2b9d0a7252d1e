import { dirname } from 'node:path';
import { defaultSpoolRoot } from '@audit/client';
import { Option } from 'commander';
import { parseDirectory } from './directory.ts';

/** The option that names the directory below which spools are looked for; default where clients keep them. */
export function spoolRootOption(): Option {
  return (
    new Option('--root <directory>', 'look for spools at any depth below')
      .argParser(parseDirectory)
      // Below it every server has a directory of its own.
      .default(dirname(defaultSpoolRoot()), 'AUDIT_SPOOL_ROOT, else where producers of this user keep them')
  );
}
