import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import { specDocument } from '../generated/spec-document.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const document = JSON.parse(specDocument) as { paths: Record<string, Record<string, { responses: object }>> };
ajv.addSchema({ $id: 'spec', ...document });

/** Checks that the contract knows this answer of this operation, and that the body has the form it says. */
export function expectSpecResponse(
  method: string,
  path: string,
  status: number,
  contentType: string,
  body: unknown,
): void {
  const template = templateOf(path);
  const operation = document.paths[template]?.[method.toLowerCase()];
  // Paths and methods that the contract does not have are answered with problems like any other failure.
  const pointer =
    operation === undefined
      ? '/components/schemas/Problem'
      : schemaPointer(operation, template, method, status, contentType);
  expectSchemaAt(pointer, body, `${method} ${path} ${status}`);
}

/** Checks that a value has the form of a schema of the contract. */
export function expectSpecSchema(name: string, value: unknown): void {
  expectSchemaAt(`/components/schemas/${name}`, value, name);
}

function expectSchemaAt(pointer: string, value: unknown, what: string): void {
  const validate = ajv.compile({ $ref: `spec#${pointer}` });
  const isValid = validate(value);
  expect(isValid, `${what}: ${ajv.errorsText(validate.errors)}`).toBe(true);
}

// A path of the contract, or the one whose parameters it fills.
function templateOf(path: string): string {
  if (path in document.paths) return path;
  const parts = path.split('/');
  const fits = (template: string) => {
    const names = template.split('/');
    // The index of a tile is the one parameter that has slashes.
    const isLongEnough =
      template === '/tile/{level}/{index}' ? names.length <= parts.length : names.length === parts.length;
    return isLongEnough && names.every((name, index) => name.startsWith('{') || name === parts[index]);
  };
  return Object.keys(document.paths).find(fits) ?? path;
}

function schemaPointer(
  operation: { responses: object },
  path: string,
  method: string,
  status: number,
  contentType: string,
): string {
  const mediaType = contentType.split(';', 1)[0] ?? '';
  const response: unknown = Reflect.get(operation.responses, String(status));
  expect(response, `${method} ${path} answers ${status}, which the contract does not list`).toBeDefined();
  const reference: unknown = Reflect.get(response as object, '$ref');
  const base =
    typeof reference === 'string'
      ? reference.slice(1)
      : `/paths/${escapePart(path)}/${method.toLowerCase()}/responses/${status}`;
  return `${base}/content/${escapePart(mediaType)}/schema`;
}

function escapePart(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}
