import { specDocument } from '../generated/spec-document.ts';

const otherOperation = 'other';

/** Names the operation of the contract that a route serves, `other` for what is not in the contract. */
export function operationOf(method: string, route: string | undefined): string {
  if (route === undefined) return otherOperation;
  const verb = method === 'HEAD' ? 'GET' : method;
  return operations.get(`${verb} ${unnamed(route)}`) ?? otherOperation;
}

interface ContractPaths {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly operationId: string }>>>>;
}

const operations: ReadonlyMap<string, string> = readOperations();

function readOperations(): Map<string, string> {
  // It was generated from the contract, in which every operation has an id.
  const { paths } = JSON.parse(specDocument) as ContractPaths;
  const found = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]): [string, string] => [
      `${method.toUpperCase()} ${unnamed(path)}`,
      operationId,
    ]),
  );
  return new Map(found);
}

// The contract writes a parameter {name}, the router :name, and * for the one of several parts at the end of tiles.
function unnamed(path: string): string {
  return path.replace(/\{level\}\/\{index\}$|\*$/, '*').replace(/\{[^}]*\}|:[^/]+/g, ':');
}
