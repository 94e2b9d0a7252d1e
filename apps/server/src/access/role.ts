/** What somebody may be allowed to do; the contract names at each operation the roles that may call it. */
export const roles = ['writer', 'reader', 'auditor', 'custodian', 'admin'] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** Tells whether a text names a role. */
export function isRole(text: string): text is Role {
  return roles.some((role) => role === text);
}
