import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { paths } from './paths.ts';
import { type EventFacts, eventFacts, type SpecDocument } from './spec-document.ts';

const table = /(<!-- events:start -->\n)[\s\S]*?(<!-- events:end -->)/;

/** Writes the table of events into the README of every service's package, between its `events` marks. */
export async function generateReadmeTables(document: SpecDocument): Promise<void> {
  const services = Map.groupBy(eventFacts(document), (event) => event.service);
  for (const [service, events] of services) {
    const path = `${paths.packages}${service}/README.md`;
    if (!existsSync(path)) continue;
    const readme = await readFile(path, 'utf8');
    await writeFile(path, readme.replace(table, `$1${eventTable(service, events)}$2`));
  }
}

// What only the server emits has a builder and no method.
function methodText(event: EventFacts): string {
  return event.emitted_by === undefined ? `\`${event.builder}\`` : `the ${event.emitted_by} itself`;
}

function eventTable(service: string, events: readonly EventFacts[]): string {
  const rows = events.map((event) => `| \`${event.type}\` | ${methodText(event)} | ${event.when} |`);
  return `
| event | method | when |
|---|---|---|
${rows.join('\n')}

Every member, with examples: [reference](../../specs/reference/${service}.md).

`;
}
