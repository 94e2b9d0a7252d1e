import { once } from 'node:events';
import { request } from 'node:https';
import { connect, type PeerCertificate } from 'node:tls';
import { firstCertificate, secondCertificate, type TestCertificate } from '@audit/environments';
import { expect, it } from 'vitest';
import { SettingError } from '../setting-error.ts';
import { openMigratedPglite } from '../test-support/embedded-databases.ts';
import { startTestServer } from '../test-support/test-server.ts';
import { tlsFiles } from '../test-support/tls-files.ts';
import { readTls } from './tls-files.ts';

async function get(url: string, { certificate }: TestCertificate) {
  const outgoing = request(url, { ca: certificate, agent: false }).end();
  const [incoming] = await once(outgoing, 'response');
  incoming.resume();
  const peer: PeerCertificate = incoming.socket.getPeerCertificate();
  return { status: incoming.statusCode, name: peer.subject.CN, headers: incoming.headers };
}

it('a server with a certificate speaks TLS, takes another one without a restart, and keeps its own when that is wrong', async () => {
  const files = tlsFiles(firstCertificate);
  const server = await startTestServer(openMigratedPglite, { tls: files });
  expect(server.url).toMatch(/^https:/);
  const url = `${server.url}/healthz`;
  const answer = await get(url, firstCertificate);
  expect([answer.status, answer.name, answer.headers['strict-transport-security']]).toEqual([
    200,
    'first.test',
    'max-age=31536000',
  ]);
  files.write({ ...secondCertificate, key: firstCertificate.key });
  await server.reload();
  expect((await get(url, firstCertificate)).name).toBe('first.test');
  files.write(secondCertificate);
  await server.reload();
  expect((await get(url, secondCertificate)).name).toBe('second.test');
});

it('a client that knows no newer TLS than 1.1 is turned away', async () => {
  const server = await startTestServer(openMigratedPglite, { tls: tlsFiles(firstCertificate) });
  const { hostname, port } = new URL(server.url);
  const ca = firstCertificate.certificate;
  const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' } as const;
  const socket = connect({ host: hostname, port: Number(port), ca, ...old });
  const [error] = await once(socket, 'error');
  expect(error.code).toMatch(/PROTOCOL_VERSION/);
});

it('a key that is not of the certificate is refused by the names of the settings', async () => {
  const { certificate, key, write } = tlsFiles({ ...firstCertificate, key: secondCertificate.key });
  await expect(readTls({ certificate, key })).rejects.toThrow(
    new SettingError(`--tls-cert and --tls-key: ${certificate} and ${key} are no certificate and its key`),
  );
  write(firstCertificate);
  await expect(readTls({ certificate: `${certificate}.gone`, key })).rejects.toThrow(
    /^--tls-cert or AUDIT_TLS_CERT: ENOENT/,
  );
});
