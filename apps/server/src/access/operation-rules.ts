import { specDocument } from '../generated/spec-document.ts';
import { isRole, type Role } from './role.ts';

/** Who may call an operation of the contract. */
export interface OperationRule {
  /** Its operationId. */
  readonly operation: string;
  /** Roles of which one suffices, or everybody, asked or not. */
  readonly mayCall: ReadonlySet<Role> | 'everybody';
  /** Whether it can be asked too often; the probes cannot. */
  readonly isLimited: boolean;
}

/** The rules of all operations, by {@link routeKey}. */
export type OperationRules = ReadonlyMap<string, OperationRule>;

/**
 * Reads the rules from the contract that the server serves, so that what it says and what is done cannot differ.
 * @throws {Error} when an operation does not say who may call it
 */
export function readOperationRules(): OperationRules {
  // The document is generated from our own specification, which the linter holds to this form.
  const { paths } = JSON.parse(specDocument) as { paths: Record<string, Record<string, SpecOperation>> };
  const rules = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, each]) => [routeKey(method, path), ruleOf(each)] as const),
  );
  return new Map(rules);
}

/** Names a route, with any name for a path's parameters: those of the contract and of the router look different. */
export function routeKey(method: string, path: string): string {
  const shape = path.split('/').map((part) => (/^(\{.*\}|:.*|\*)$/.test(part) ? '*' : part));
  return `${method.toUpperCase()} ${shape.join('/')}`;
}

interface SpecOperation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, unknown>>;
  readonly 'x-audit-roles'?: readonly string[];
}

function ruleOf({ operationId, responses, security, 'x-audit-roles': named }: SpecOperation): OperationRule {
  const isLimited = '429' in responses;
  if (security?.length === 0 && named === undefined) {
    return { operation: operationId, mayCall: 'everybody', isLimited };
  }
  const mayCall = new Set(named?.filter(isRole));
  if (security?.length === 1 && mayCall.size > 0 && mayCall.size === named?.length) {
    return { operation: operationId, mayCall, isLimited };
  }
  throw new Error(
    `the contract does not say who may call ${operationId}: give it security and x-audit-roles`,
  );
}
