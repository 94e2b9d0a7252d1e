import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { $, createClient } from '@hey-api/openapi-ts';
import { generatedHeader, paths } from './paths.ts';

/** Writes the zod schema of every schema in the document; closed objects become strict ones. */
export async function generateValidators(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'audit-zod-'));
  try {
    await createClient({
      input: paths.specBundle,
      logs: { level: 'silent', file: false },
      output: directory,
      plugins: [
        {
          name: 'zod',
          dates: { offset: true },
          definitions: { name: 'z{{name}}', case: 'preserve' },
          requests: false,
          responses: false,
          $resolvers: {
            object(context) {
              const { additionalProperties } = context.schema;
              const isClosed = additionalProperties === false || additionalProperties?.type === 'never';
              if (!isClosed) return undefined;
              return $(context.symbols.z).attr('strictObject').call(context.nodes.shape(context));
            },
          },
        },
      ],
    });
    const source = await readFile(join(directory, 'zod.gen.ts'), 'utf8');
    await writeFile(`${paths.schemaGenerated}validators.ts`, generatedHeader + source);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
