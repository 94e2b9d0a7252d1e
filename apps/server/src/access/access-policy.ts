import { isIP } from 'node:net';
import { z } from 'zod';
import { roles } from './role.ts';

const principal = z
  .string()
  .regex(
    /^[^\p{C}\p{Z}]([^\p{C}]*[^\p{C}\p{Z}])?$/u,
    'expected a name without control characters or spaces around it',
  )
  .max(255);
const header = z
  .string()
  .regex(/^[a-z0-9-]+$/, 'expected the name of a header in lower case')
  .refine((name) => name !== 'authorization', 'expected another header: this one has the bearer token');
const granted = z.array(z.enum(roles)).min(1);
const grants = z.array(
  z
    .strictObject({ subject: principal.optional(), group: z.string().min(1).optional(), roles: granted })
    .refine(({ group, subject }) => (group === undefined) !== (subject === undefined), {
      error: 'expected either subject or group',
    }),
);

const token = z.strictObject({
  principal,
  roles: granted,
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits in lower case'),
});

const issuer = z.strictObject({
  issuer: z.string().refine(isTrustworthy, 'expected an https URL, or http on loopback'),
  audience: z.string().min(1),
  /** Where its keys are; default as its discovery document says. */
  jwks_uri: z.string().refine(isTrustworthy, 'expected an https URL, or http on loopback').optional(),
  subject_claim: z.string().min(1).default('sub'),
  groups_claim: z.string().min(1).default('groups'),
  /** Put before the name of a principal, so that two issuers cannot mean different people by one name. */
  prefix: z.string().max(128).default(''),
  grants,
});

const trustedProxy = z.strictObject({
  peers: z.array(z.string().refine(isNetwork, 'expected an address or a network such as 10.0.0.0/8')).min(1),
  header,
  /** Header with the groups of the user, separated by commas. */
  groups_header: header.optional(),
  prefix: z.string().max(128).default(''),
  grants,
});

const accessPolicy = z.strictObject({
  tokens: z.array(token).default([]),
  issuers: z.array(issuer).default([]),
  trusted_proxies: z.array(trustedProxy).default([]),
});

/** Who may call what: the content of the policy file. */
export type AccessPolicy = z.infer<typeof accessPolicy>;

/** A token whose digest the policy has. */
export type TokenPolicy = z.infer<typeof token>;

/** An issuer whose tokens are believed. */
export type IssuerPolicy = z.infer<typeof issuer>;

/** A proxy that is believed when it says who asks. */
export type TrustedProxyPolicy = z.infer<typeof trustedProxy>;

/** Roles for a subject, or for a group of subjects. */
export type Grant = z.infer<typeof grants>[number];

/** Outcome of reading a policy: the policy, or every fault with its pointer. */
export type ParsedAccessPolicy =
  | { readonly success: true; readonly policy: AccessPolicy }
  | { readonly success: false; readonly faults: readonly string[] };

/** Reads a policy from JSON text. Faults never repeat a value. */
export function parseAccessPolicy(text: string): ParsedAccessPolicy {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a token.
    return { success: false, faults: ['it is not JSON'] };
  }
  const parsed = accessPolicy.safeParse(value);
  if (parsed.success) return { success: true, policy: parsed.data };
  return { success: false, faults: parsed.error.issues.map(faultText) };
}

function faultText({ message, path }: z.core.$ZodIssue): string {
  const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  const what = message
    .replace(/^Invalid (input|option): /, '')
    .replace(/^expected .* received undefined$/, 'missing');
  return `${pointer === '' ? 'the file' : pointer}: ${what}`;
}

function isTrustworthy(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, hash, username } = new URL(text);
  const isLoopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return (protocol === 'https:' || (protocol === 'http:' && isLoopback)) && hash === '' && username === '';
}

function isNetwork(text: string): boolean {
  const [address = '', length, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= (version === 4 ? 32 : 128));
}
