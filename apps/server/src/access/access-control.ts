import { type Authenticate, createAuthenticator } from './authenticator.ts';
import { anonymous, invalidCredentials } from './caller.ts';
import { type LoadedPolicy, loadAccessPolicy } from './load-access-policy.ts';
import { isLoopbackAuthority } from './loopback.ts';

/** Options of {@link openAccessControl}. */
export interface AccessControlOptions {
  /** The policy file; without one nobody is asked who he is. */
  readonly file: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Who may call what, as the policy file said when it was last read. */
export interface AccessControl {
  /** The policy in force; undefined when nobody is asked who he is. */
  readonly policy: LoadedPolicy | undefined;
  readonly authenticate: Authenticate;
  /**
   * Reads the file again. The old policy stays in force until the new one was found right.
   * @returns whether the file has changed
   * @throws {SettingError} when the file is wrong; the old policy stays
   */
  reload(): Promise<boolean>;
}

/**
 * Reads the policy.
 * @throws {SettingError} when the file is wrong
 */
export async function openAccessControl({ file, now }: AccessControlOptions): Promise<AccessControl> {
  if (file === undefined) return openToEverybody;
  let current = await readPolicy(file, now);
  return {
    get policy() {
      return current.loaded;
    },
    authenticate: (credentials) => current.authenticate(credentials),
    async reload() {
      const next = await readPolicy(file, now);
      const hasChanged = next.loaded.sha256 !== current.loaded.sha256;
      // Put in force even when it is the same: the keys of its issuers are then read again.
      current = next;
      return hasChanged;
    },
  };
}

const wrongName =
  'Without an access policy the server answers to loopback names only, such as 127.0.0.1 and localhost.';

const openToEverybody: AccessControl = {
  policy: undefined,
  // A page from anywhere can have its name resolve to loopback, and is then of one origin with the server.
  authenticate: async ({ host }) =>
    isLoopbackAuthority(host) ? { outcome: 'known', caller: anonymous } : invalidCredentials(wrongName),
  reload: async () => false,
};

async function readPolicy(file: string, now: () => number) {
  const loaded = await loadAccessPolicy(file);
  return { loaded, authenticate: createAuthenticator(loaded.policy, now) };
}
