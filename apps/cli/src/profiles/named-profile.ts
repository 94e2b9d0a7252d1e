import { CommandFailure } from '../command-failure.ts';
import type { Profile } from './profile.ts';
import type { ProfileFile } from './profile-file.ts';

/**
 * The profile of a name.
 * @throws {CommandFailure} `usage` when there is none
 */
export function namedProfile({ profiles }: ProfileFile, name: string): Profile {
  const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (profile !== undefined) return profile;
  const known = Object.keys(profiles).join(', ') || 'none';
  throw new CommandFailure(
    'usage',
    `there is no profile ${name}; known: ${known} ("audit help profile set")`,
  );
}
