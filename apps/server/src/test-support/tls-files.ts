import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestCertificate } from '@audit/environments';
import type { TlsFiles } from '../http/tls-files.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** Writes a certificate and its key into files that may be replaced. */
export function tlsFiles(first: TestCertificate): TlsFiles & { write(next: TestCertificate): void } {
  const directory = temporaryDirectory();
  const files = { certificate: join(directory, 'tls.crt'), key: join(directory, 'tls.key') };
  const write = ({ certificate, key }: TestCertificate) => {
    writeFileSync(files.certificate, certificate);
    writeFileSync(files.key, key);
  };
  write(first);
  return { ...files, write };
}
