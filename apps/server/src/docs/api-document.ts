/** The parts of the contract that the reference page shows. */
export interface ApiDocument {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, ApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, ApiSchema>>;
    readonly parameters: Readonly<Record<string, ApiParameter>>;
    readonly responses: Readonly<Record<string, ApiResponse>>;
  };
}

/** A request that the server answers. */
export interface ApiOperation {
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly (ApiParameter | ApiReference)[];
  readonly requestBody?: { readonly content: ApiContent };
  readonly responses: Readonly<Record<string, ApiResponse | ApiReference>>;
}

/** A parameter of a request. */
export interface ApiParameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema: ApiSchema;
}

/** An answer. */
export interface ApiResponse {
  readonly description: string;
  readonly content?: ApiContent;
}

/** Bodies by media type. */
export type ApiContent = Readonly<Record<string, { readonly schema: ApiSchema }>>;

/** A place elsewhere in the document. */
export interface ApiReference {
  readonly $ref: string;
}

/** The form of a value. */
export interface ApiSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly oneOf?: readonly ApiSchema[];
  readonly items?: ApiSchema;
  readonly properties?: Readonly<Record<string, ApiSchema>>;
  readonly additionalProperties?: boolean | ApiSchema;
  readonly required?: readonly string[];
  readonly nullable?: boolean;
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly 'x-pii'?: string;
  readonly 'x-audit-events'?: Readonly<Record<string, { readonly when: string }>>;
}

/** Last part of a reference: the name of what it points to. */
export function referenceName(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}

/** Gives what a reference points to, or the value itself. */
export function resolve<Part extends object>(
  part: Part | ApiReference,
  parts: Readonly<Record<string, Part>>,
): Part {
  if (!isReference(part)) return part;
  const found = parts[referenceName(part.$ref)];
  if (found === undefined) throw new Error(`the contract has no ${part.$ref}`);
  return found;
}

function isReference(part: object): part is ApiReference {
  return '$ref' in part;
}
