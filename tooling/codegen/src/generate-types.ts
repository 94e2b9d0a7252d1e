import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import openapiTs, { astToString } from 'openapi-typescript';
import { generatedHeader, paths } from './paths.ts';

/** Writes the TypeScript types of every schema and operation. */
export async function generateTypes(): Promise<void> {
  const nodes = await openapiTs(pathToFileURL(paths.specBundle), {
    defaultNonNullable: false,
    rootTypes: true,
    rootTypesKeepCasing: true,
    rootTypesNoSchemaPrefix: true,
  });
  await writeFile(`${paths.schemaGenerated}openapi-types.ts`, generatedHeader + astToString(nodes));
}
