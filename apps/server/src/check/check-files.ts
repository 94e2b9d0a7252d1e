import { loadAccessPolicy } from '../access/load-access-policy.ts';
import { readTls } from '../http/tls-files.ts';
import { loadCatalogue } from '../load-catalogue.ts';
import { type ServerSettings, signingKeyFile } from '../settings.ts';
import { readSigningKey } from '../tree/signing-key-file.ts';
import { type Finding, looking, note, ok } from './finding.ts';

/** Checks the files that the settings name. */
export async function checkFiles(settings: ServerSettings): Promise<readonly Finding[]> {
  const findings = await Promise.all([
    looking('events', () => checkEvents(settings)),
    looking('access policy', () => checkPolicy(settings)),
    looking('tls', () => checkTls(settings)),
    looking('signing key', () => checkSigningKey(settings)),
  ]);
  return findings.flat();
}

async function checkEvents({ events }: ServerSettings): Promise<readonly Finding[]> {
  const { types } = await loadCatalogue(events);
  return [ok('events', `${types.length} event types`)];
}

async function checkPolicy({ accessPolicy, tls }: ServerSettings): Promise<readonly Finding[]> {
  const check = 'access policy';
  if (accessPolicy === undefined)
    return [note(check, 'none: everybody on loopback may do everything, as anonymous')];
  const { policy, sha256 } = await loadAccessPolicy(accessPolicy);
  const { issuers, tokens, trusted_proxies: proxies } = policy;
  const counts = `${tokens.length} tokens, ${issuers.length} issuers, ${proxies.length} trusted proxies`;
  const found = ok(check, `${counts}; sha256 ${sha256}`);
  const isReadable = tokens.length + issuers.length > 0 && tls === undefined;
  return isReadable
    ? [found, note('tls', 'off: tokens can be read on the way, unless a proxy encrypts')]
    : [found];
}

async function checkTls({ tls }: ServerSettings): Promise<readonly Finding[]> {
  if (tls === undefined) return [];
  await readTls(tls);
  return [ok('tls', 'certificate and key fit together')];
}

async function checkSigningKey(settings: ServerSettings): Promise<readonly Finding[]> {
  const file = signingKeyFile(settings);
  const signer = await readSigningKey(file);
  if (signer === undefined) return [note('signing key', `${file} is not there; the first start makes it`)];
  return [ok('signing key', signer.verifier.text)];
}
