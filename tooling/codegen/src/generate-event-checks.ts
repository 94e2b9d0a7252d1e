import { writeFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { z } from 'zod';
import { generatedHeader, paths } from './paths.ts';
import { plainSchema } from './plain-schema.ts';
import { eventFacts, type SpecDocument, type SpecSchema } from './spec-document.ts';

const envelope = 'Envelope';

/** Writes the checks of envelope and payloads as plain code, which says yes or no, for the server. */
export async function generateEventChecks(document: SpecDocument): Promise<void> {
  const payloads = [...new Set(eventFacts(document).map(({ payload }) => payload))];
  const target = `${paths.serverGenerated}event-checks`;
  await writeFile(
    `${target}.js`,
    generatedHeader + checksCode(document, [envelope, ...payloads]) + payloadTable(document),
  );
  await writeFile(`${target}.d.ts`, generatedHeader + declarations);
}

const declarations = `
/** An event as far as its envelope goes. */
interface ${envelope} {
  readonly event_type: string;
  readonly event_category: string;
  readonly event_data: { readonly event_type?: unknown };
}

/** Whether a value is the envelope of an event, its payload left aside. */
export const is${envelope}: (value: unknown) => value is ${envelope};

/** Whether a value is the payload of the event type, by event type. */
export const payloadChecks: ReadonlyMap<string, (value: unknown) => boolean>;
`;

function checksCode(document: SpecDocument, names: readonly string[]): string {
  const { schemas } = document.components;
  const all = Object.entries({ ...schemas, [envelope]: envelopeSchema(document) });
  const ajv = createCompiler();
  for (const [name, schema] of all) ajv.addSchema({ ...plainSchema(schema), $id: `/${name}` });
  return standalone.default(ajv, Object.fromEntries(names.map((name) => [`is${name}`, `/${name}`])));
}

// Texts are matched by the expressions of the validators of @audit/schema, and measured in UTF-16 units, which needs no
// walk through them: never fewer than the characters that the contract counts, so never more is accepted.
function createCompiler(): Ajv {
  const formats = { uuid: z.regexes.uuid(), 'date-time': z.regexes.datetime({ offset: true }) };
  return new Ajv({
    code: { source: true, esm: true, lines: true },
    formats,
    // The option unicode is said to be deprecated, on the console; nothing else is said that does not throw.
    logger: false,
    messages: false,
    unicode: false,
    unicodeRegExp: false,
  });
}

// Type, category and payload depend on each other: the event table decides them, not the schema of the envelope.
function envelopeSchema({ components }: SpecDocument): SpecSchema {
  const { AuditEventRequest: request } = components.schemas;
  if (request === undefined) throw new Error('the contract has no schema AuditEventRequest');
  const open = {
    event_type: { type: 'string' },
    event_category: { type: 'string' },
    event_data: { type: 'object' },
  };
  return { ...request, properties: { ...request.properties, ...open } };
}

function payloadTable(document: SpecDocument): string {
  const rows = eventFacts(document).map(({ type, payload }) => `  ['${type}', is${payload}],`);
  return `\nexport const payloadChecks = new Map([\n${rows.join('\n')}\n]);\n`;
}
