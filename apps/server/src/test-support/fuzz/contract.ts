import { specDocument } from '../../generated/spec-document.ts';

/** A schema as the contract writes them: OpenAPI 3.0.3, of which it uses these keywords. */
export interface ContractSchema {
  readonly $ref?: string;
  readonly type?: 'array' | 'boolean' | 'integer' | 'number' | 'object' | 'string';
  readonly enum?: readonly unknown[];
  readonly format?: string;
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ContractSchema;
  readonly properties?: Readonly<Record<string, ContractSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | ContractSchema;
  readonly oneOf?: readonly ContractSchema[];
  readonly discriminator?: { readonly mapping: Readonly<Record<string, string>> };
}

/** A parameter of an operation. */
export interface ContractParameter {
  readonly name: string;
  readonly in: 'header' | 'path' | 'query';
  readonly required?: boolean;
  readonly schema: ContractSchema;
}

/** One operation of the contract. */
export interface ContractOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly ContractParameter[];
  /** Schema of its JSON body; absent when it has none. */
  readonly body?: ContractSchema;
}

interface OperationDocument {
  readonly operationId: string;
  readonly parameters?: readonly (ContractParameter | { readonly $ref: string })[];
  readonly requestBody?: {
    readonly content: { readonly 'application/json': { readonly schema: ContractSchema } };
  };
}

// The document is ours, and `redocly lint` keeps it what it says it is.
const document = JSON.parse(specDocument) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationDocument>>>>;
};

// Its answer has no end.
const endless = 'tailAuditEvents';

/** Every operation of the contract that is embedded in the server, but the one whose answer has no end. */
export const contractOperations: readonly ContractOperation[] = Object.entries(document.paths)
  .flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]) => ({
      id: operationId,
      method: method.toUpperCase(),
      path,
      parameters: parameters.map((parameter) =>
        // A parameter's reference leads to a parameter.
        '$ref' in parameter ? (follow(parameter.$ref) as ContractParameter) : parameter,
      ),
      ...(requestBody !== undefined && { body: requestBody.content['application/json'].schema }),
    })),
  )
  .filter(({ id }) => id !== endless);

/** The schema itself where another only refers to it. */
export function resolveSchema(schema: ContractSchema): ContractSchema {
  // A schema's reference leads to a schema.
  return schema.$ref === undefined ? schema : resolveSchema(follow(schema.$ref) as ContractSchema);
}

/** A schema of the contract by its name. */
export function schemaNamed(name: string): ContractSchema {
  return resolveSchema({ $ref: `#/components/schemas/${name}` });
}

function follow(reference: string): unknown {
  const found = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
  if (found === undefined) throw new Error(`the contract has nothing at ${reference}`);
  return found;
}
