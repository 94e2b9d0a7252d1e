import { type FileSpool, type FileSpoolSettings, openFileSpool } from '@audit/spool';
import { temporaryDirectory } from './temporary-directory.ts';

/** Opens a spool on disk for the running test. */
export function openDiskSpool(settings: FileSpoolSettings = {}): FileSpool {
  return openFileSpool({ directory: temporaryDirectory(), entryBytesMax: 16_777_216, ...settings });
}
