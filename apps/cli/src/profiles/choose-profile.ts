import { namedProfile } from './named-profile.ts';
import type { Profile } from './profile.ts';
import { readProfileFile } from './profile-file.ts';

/** What a person gives to choose a profile. */
export interface ProfileChoice {
  readonly profile?: string;
  /** Address of the server, when it is given beside. */
  readonly url?: string;
}

/**
 * The profile that a command uses: the one that was named, else the current one, else an empty one. An empty one as well when
 * another server is named beside: token and keys of a profile are for its own.
 * @throws {CommandFailure} `usage` when there is none of that name
 */
export function chooseProfile({ profile: named, url }: ProfileChoice): Profile {
  const file = readProfileFile();
  const name = named ?? file.current;
  if (name === undefined) return {};
  const profile = namedProfile(file, name);
  return isElsewhere(url, profile.url) ? {} : profile;
}

function isElsewhere(url: string | undefined, own: string | undefined): boolean {
  return url !== undefined && (own === undefined || originOf(url) !== originOf(own));
}

function originOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined;
}
