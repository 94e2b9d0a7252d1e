import { mkdir, rm, writeFile } from 'node:fs/promises';
import { generatedHeader, paths } from './paths.ts';
import { type EventFacts, eventFacts, type SpecDocument } from './spec-document.ts';

/** Writes the event table: one file of facts per service, and the files that join them. */
export async function generateEventTable(document: SpecDocument): Promise<void> {
  const directory = `${paths.schemaGenerated}events/`;
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const services = Map.groupBy(eventFacts(document), (event) => event.table);
  for (const [table, events] of services) {
    await writeFile(`${directory}${table}.ts`, serviceFile(table, events));
  }
  await writeFile(`${paths.schemaGenerated}event-table.ts`, tableFile([...services.keys()]));
  await writeFile(
    `${paths.schemaGenerated}payload-validators.ts`,
    validatorsFile([...services.values()].flat()),
  );
}

function serviceFile(table: string, events: readonly EventFacts[]): string {
  const payloads = [...new Set(events.map((event) => event.payload))];
  const types = events.map(
    (event) =>
      `  readonly ${event.builder}: EventDefinition<'${event.type}', '${event.category}', ${event.payload}>;`,
  );
  const values = events.map(
    (event) => `  ${event.builder}: {
    type: '${event.type}',
    service: '${event.service}',
    category: '${event.category}',
    action: '${event.action}',
    outcomes: [${event.outcomes.map((outcome) => `'${outcome}'`).join(', ')}],${event.emitted_by === undefined ? '' : `\n    emittedBy: '${event.emitted_by}',`}
  },`,
  );
  return `${generatedHeader}
import type { EventDefinition } from '../../event-definition.ts';
import type { ${payloads.join(', ')} } from '../openapi-types.ts';

/** Events of ${table}, by the name of their builder. */
export const ${constantName(table)}: {
${types.join('\n')}
} = {
${values.join('\n')}
};
`;
}

function tableFile(services: readonly string[]): string {
  const imports = services.map(
    (service) => `import { ${constantName(service)} } from './events/${service}.ts';`,
  );
  return `${generatedHeader}
${imports.join('\n')}

/** Every event of the catalogue, by service and builder name. */
export const eventsByService = {
${services.map((service) => `  '${service}': ${constantName(service)},`).join('\n')}
} as const;
`;
}

function validatorsFile(events: readonly EventFacts[]): string {
  const names = [...new Set(events.map((event) => `z${event.payload}`))].sort();
  return `${generatedHeader}
import type { z } from 'zod';
import { ${names.join(', ')} } from './validators.ts';

/** Validator of the payload of every event type in the catalogue. */
export const payloadValidators: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
${events.map((event) => `  ['${event.type}', z${event.payload}],`).join('\n')}
]);
`;
}

function constantName(service: string): string {
  return `${service.replace(/-(\w)/g, (_match, letter: string) => letter.toUpperCase())}Events`;
}
