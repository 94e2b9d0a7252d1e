import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { serverUrl } from './server-url.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Names the directory in which clients of a server keep their spools: below the variable `AUDIT_SPOOL_ROOT`, else below
 * the user's directory for state. Each server has its own, so that no event is delivered to another one.
 * @param url address of the server; without one, the directory of clients with a transport of their own
 * @param environment default that of the process
 * @throws {AuditError} `invalid_configuration` when the url cannot be used
 */
export function defaultSpoolRoot(url?: string | URL, environment: Environment = process.env): string {
  const name = url === undefined ? 'local' : directoryName(serverUrl(url));
  const { AUDIT_SPOOL_ROOT: root = '' } = environment;
  return root === '' ? join(stateDirectory(environment), 'audit-spool', name) : resolve(root, name);
}

function directoryName({ protocol, hostname, port, pathname }: URL): string {
  const number = port === '' ? defaultPorts[protocol] : port;
  // Escaped as a whole, so that two addresses never share a name; `%` is allowed in file names everywhere.
  return encodeURIComponent(`${hostname}-${number}${pathname.slice(0, -1)}`);
}

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

// XDG Base Directory Specification: a relative path in its variables is invalid and ignored.
function stateDirectory(environment: Environment): string {
  const { LOCALAPPDATA, XDG_STATE_HOME } = environment;
  const named = process.platform === 'win32' ? LOCALAPPDATA : XDG_STATE_HOME;
  return named !== undefined && isAbsolute(named) ? named : join(homedir(), '.local', 'state');
}
