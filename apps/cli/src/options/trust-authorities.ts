import { readFileSync } from 'node:fs';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { CommandFailure } from '../command-failure.ts';

/**
 * Trusts the certificate authorities of a PEM file beside those that are trusted anyway, for the rest of the process.
 * @throws {CommandFailure} `usage`
 */
export function trustAuthorities(file: string): void {
  try {
    setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
  } catch (error) {
    const message = `the profile names ${file} as file with certificates of authorities, which cannot be used`;
    throw new CommandFailure('usage', message, { cause: error });
  }
}
