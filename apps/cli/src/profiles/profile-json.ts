import type { Profile } from './profile.ts';

/** A profile for people and machines: that there is a token is told, the token is not. */
export function profileJson(
  name: string,
  { token, ...profile }: Profile,
  current: string | undefined,
): object {
  return {
    name,
    current: name === current,
    ...profile,
    ...(token !== undefined && { token: '(kept in the file)' }),
  };
}
