import { AuditError, describeReceived } from '@audit/schema';

/**
 * Checks the address of a server and ends it with a slash, so that a path in it stays as prefix.
 * @throws {AuditError} `invalid_configuration` when it is no address of an HTTP server
 */
export function serverUrl(value: unknown): URL {
  const text = value instanceof URL ? value.href : value;
  const url = typeof text === 'string' ? parseUrl(text) : undefined;
  if (url === undefined) throw invalidUrl(text);
  url.search = '';
  url.hash = '';
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}

function parseUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  // fetch refuses credentials in a URL.
  return isHttp && url.username === '' && url.password === '' ? url : undefined;
}

function invalidUrl(value: unknown): AuditError {
  // What stands before an @ may be a password, which must not reach a log through the message.
  const isSecret = typeof value === 'string' && value.includes('@');
  const received = isSecret ? 'an address with user name or password' : describeReceived(value);
  return new AuditError(
    `audit client: option url: expected an http or https URL without credentials, received ${received}`,
    { code: 'invalid_configuration' },
  );
}
