import { statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { CommandFailure } from '../command-failure.ts';
import { readIfThere } from '../read-if-there.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { type Profile, safeParseProfile } from './profile.ts';

/** What is in the configuration file. */
export interface ProfileFile {
  /** Name of the profile that is used when none is named. */
  readonly current?: string;
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** Where the configuration is: `audit/config.json` in the directory for configuration of this user. */
export function profilePath(): string {
  const { APPDATA, XDG_CONFIG_HOME } = process.env;
  const named = process.platform === 'win32' ? APPDATA : XDG_CONFIG_HOME;
  // XDG Base Directory Specification: a relative path in its variables is invalid and ignored.
  const directory = named !== undefined && isAbsolute(named) ? named : join(homedir(), '.config');
  return join(directory, 'audit', 'config.json');
}

/**
 * Reads the configuration; an empty one when there is no file.
 * @throws {CommandFailure} `usage` when the file is none, or holds a token that everybody may read
 */
export function readProfileFile(): ProfileFile {
  const path = profilePath();
  const text = readIfThere(path);
  if (text === undefined) return { profiles: {} };
  const { current, profiles: given } = safeParseMembers(text);
  if (typeof given !== 'object' || given === null)
    throw new CommandFailure('usage', `${path}: expected JSON with a member "profiles"`);
  const profiles = Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const profile = safeParseProfile(value);
      if (typeof profile === 'object') return [name, profile];
      throw new CommandFailure('usage', `${path}: profile ${name}: ${profile}`);
    }),
  );
  requirePrivate(path, profiles);
  return { profiles, ...(typeof current === 'string' && { current }) };
}

const othersMayRead = 0o044;

// Windows has no such bits; its directory for configuration is the user's alone.
function requirePrivate(path: string, profiles: Readonly<Record<string, Profile>>): void {
  const holdsToken = Object.values(profiles).some(({ token }) => token !== undefined);
  if (!holdsToken || process.platform === 'win32') return;
  if ((statSync(path).mode & othersMayRead) === 0) return;
  throw new CommandFailure('usage', `${path} holds a token and others may read it: chmod 600 "${path}"`);
}
