import { mkdir } from 'node:fs/promises';
import { bundleSpec } from './bundle-spec.ts';
import { generateEventReference } from './generate-event-reference.ts';
import { generateEventTable } from './generate-event-table.ts';
import { generatePersonalData } from './generate-personal-data.ts';
import { generateSpecDocument } from './generate-spec-document.ts';
import { generateTypes } from './generate-types.ts';
import { generateValidators } from './generate-validators.ts';
import { paths } from './paths.ts';

await mkdir(paths.schemaGenerated, { recursive: true });
const document = await bundleSpec();
await generateTypes();
await generateValidators();
await generateEventTable(document);
await generateEventReference(document);
await generatePersonalData(document);
await generateSpecDocument(document);
process.stdout.write(`generated from contract ${document.info.version}\n`);
