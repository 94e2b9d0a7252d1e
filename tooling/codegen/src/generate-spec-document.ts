import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { generatedHeader, paths } from './paths.ts';
import type { SpecDocument } from './spec-document.ts';

/** Writes the document into the server, and its version and hash into the schema package. */
export async function generateSpecDocument(document: SpecDocument): Promise<void> {
  const json = JSON.stringify(document);
  const hash = createHash('sha256').update(json).digest('hex');
  await mkdir(paths.serverGenerated, { recursive: true });
  await writeFile(
    `${paths.serverGenerated}spec-document.ts`,
    `${generatedHeader}
/** The OpenAPI document as JSON text; \`specHash\` of @audit/schema is the SHA-256 of these bytes. */
export const specDocument: string = ${JSON.stringify(json)};
`,
  );
  await writeFile(
    `${paths.schemaGenerated}spec-identity.ts`,
    `${generatedHeader}
/** Version of the contract this package was generated from. */
export const specVersion = '${document.info.version}';

/** SHA-256 of the contract's JSON text, lower-case hex. */
export const specHash = '${hash}';
`,
  );
}
