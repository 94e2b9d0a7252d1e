import { writeFile } from 'node:fs/promises';
import { generatedHeader, paths } from './paths.ts';
import { type EventFacts, eventFacts, type SpecDocument, type SpecSource } from './spec-document.ts';

/** Writes what each event type gives to a rebuilt RemediationRequest: the `x-reconstruct` of the document's events. */
export async function generateReconstruction(document: SpecDocument): Promise<void> {
  const rows = eventFacts(document).flatMap((event) => {
    const sources = Object.entries(event['x-reconstruct'] ?? {}).map(([target, source]) => {
      checkMembers(document, event, source);
      return sourceText(target, source);
    });
    return sources.length === 0 ? [] : [`  ['${event.type}', [\n${sources.join('')}  ]],`];
  });
  await writeFile(
    `${paths.serverGenerated}reconstruction-sources.ts`,
    `${generatedHeader}
import type { ReconstructionSource } from '../reconstruction/reconstruction-source.ts';

/** What each event type gives to a rebuilt RemediationRequest. */
export const reconstructionSources: ReadonlyMap<string, readonly ReconstructionSource[]> = new Map([
${rows.join('\n')}
]);
`,
  );
}

function checkMembers(
  { components: { schemas } }: SpecDocument,
  event: EventFacts,
  source: SpecSource,
): void {
  for (const path of memberPaths(source)) {
    const [first = '', second] = path;
    const isThere =
      second === undefined
        ? first in (schemas.AuditEventRequest?.properties ?? {})
        : first === 'event_data' && second in (schemas[event.payload]?.properties ?? {});
    if (!isThere) throw new Error(`x-reconstruct of ${event.type}: there is no member ${path.join('.')}`);
  }
}

function memberPaths(source: SpecSource): string[][] {
  return [source.from, source.else].flatMap((path) => (path === undefined ? [] : [path.split('.')]));
}

function sourceText(target: string, source: SpecSource): string {
  const members = memberPaths(source);
  const isFixed = source.value !== undefined;
  if (isFixed === members.length > 0)
    throw new Error(`x-reconstruct ${target}: expected either from or value`);
  const row = isFixed ? { value: source.value } : { members, renamed: source.as ?? {} };
  return `    ${JSON.stringify({ target: target.split('.'), ...row })},\n`;
}
