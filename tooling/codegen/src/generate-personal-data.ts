import { writeFile } from 'node:fs/promises';
import { generatedHeader, paths } from './paths.ts';
import { eventFacts, type SpecDocument, type SpecSchema } from './spec-document.ts';

/** Writes where each event type holds personal data: the members that the document marks `x-pii`. */
export async function generatePersonalData(document: SpecDocument): Promise<void> {
  const rows = eventFacts(document).flatMap((event) => {
    const found = markedPaths(document, document.components.schemas[event.payload], ['event_data']);
    return found.length === 0 ? [] : [`  ['${event.type}', ${JSON.stringify(found)}],`];
  });
  await writeFile(
    `${paths.schemaGenerated}personal-data.ts`,
    `${generatedHeader}
/** Paths of the members that hold personal data, by event type; \`*\` stands for every item of an array. */
export const personalDataPaths: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
${rows.join('\n')}
]);

/** Members of the envelope that hold personal data while another member has a certain value. */
export const personalEnvelopeMembers: readonly {
  readonly member: string;
  readonly when: string;
  readonly equals: string;
}[] = [
${envelopeRows(document).join('\n')}
];
`,
  );
}

function envelopeRows(document: SpecDocument): string[] {
  const members = Object.entries(document.components.schemas.AuditEventRequest?.properties ?? {});
  return members.flatMap(([member, schema]) =>
    Object.entries(schema['x-pii-when'] ?? {}).map(
      ([when, equals]) => `  { member: '${member}', when: '${when}', equals: '${equals}' },`,
    ),
  );
}

function markedPaths(
  document: SpecDocument,
  schema: SpecSchema | undefined,
  path: readonly string[],
): string[][] {
  if (schema === undefined) return [];
  if (schema['x-pii'] !== undefined) return [[...path]];
  const target = schema.$ref?.split('/').at(-1);
  if (target !== undefined) return markedPaths(document, document.components.schemas[target], path);
  if (schema.items !== undefined) return markedPaths(document, schema.items, [...path, '*']);
  return Object.entries(schema.properties ?? {}).flatMap(([name, member]) =>
    markedPaths(document, member, [...path, name]),
  );
}
