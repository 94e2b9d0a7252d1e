import { readFile } from 'node:fs/promises';
import { createSecureContext, type SecureContextOptions, Server } from 'node:tls';
import type { FastifyBaseLogger } from 'fastify';
import { SettingError } from '../setting-error.ts';

/** Files of a server that speaks TLS. */
export interface TlsFiles {
  /** Certificate, and those of its issuers behind it, PEM. */
  readonly certificate: string;
  /** Secret key of the certificate, PEM. */
  readonly key: string;
}

/**
 * Reads the files and checks that they fit together.
 * @throws {SettingError} when one cannot be read or used
 */
export async function readTls({ certificate, key }: TlsFiles): Promise<SecureContextOptions> {
  const context = {
    cert: await read('--tls-cert or AUDIT_TLS_CERT', certificate),
    key: await read('--tls-key or AUDIT_TLS_KEY', key),
    minVersion: 'TLSv1.2',
  } as const;
  try {
    createSecureContext(context);
  } catch (error) {
    const message = `--tls-cert and --tls-key: ${certificate} and ${key} are no certificate and its key`;
    throw new SettingError(message, { cause: error });
  }
  return context;
}

/** Gives new connections the certificate that the files have now. Wrong files are logged, and the old ones stay in use. */
export async function reloadTls(server: unknown, files: TlsFiles, logger: FastifyBaseLogger): Promise<void> {
  try {
    const context = await readTls(files);
    if (server instanceof Server) server.setSecureContext(context);
    logger.info('certificate and key read again');
  } catch (error) {
    logger.error({ err: error }, 'certificate and key are wrong; those before stay in use');
  }
}

function read(setting: string, file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingError(`${setting}: ${reason}`, { cause: error });
  });
}
