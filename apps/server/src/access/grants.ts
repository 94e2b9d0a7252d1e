import type { Grant } from './access-policy.ts';
import type { Role } from './role.ts';

/** Somebody as another party names him. */
export interface Identity {
  readonly subject: string;
  readonly groups: readonly string[];
}

/** Name of everybody whom the other party vouches for. */
export const everySubject = '*';

/** The roles of an identity: those of its subject, of its groups and of everybody, together. */
export function rolesOf({ subject, groups }: Identity, grants: readonly Grant[]): ReadonlySet<Role> {
  const fitting = grants.filter(({ group, subject: named }) =>
    group === undefined ? named === subject || named === everySubject : groups.includes(group),
  );
  return new Set(fitting.flatMap((grant) => grant.roles));
}

/** Tells whether a text can be the name of a principal: an event takes it as its actor. */
export function isPrincipalName(text: string): boolean {
  return text.length > 0 && text.length <= 255 && !/\p{C}/u.test(text);
}
