import { isIPv4 } from 'node:net';

/** Tells whether a host can be reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

/** Tells whether the Host header of a request names this machine by a loopback name. */
export function isLoopbackAuthority(authority: string | undefined): boolean {
  const [, bracketed, plain = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(authority ?? '') ?? [];
  return isLoopback((bracketed ?? plain).toLowerCase());
}
