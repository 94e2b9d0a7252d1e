import { type ApiSchema, referenceName } from './api-document.ts';
import { escapeHtml, markdownHtml } from './html.ts';

/** Writes a section on a schema: what it says, its members, and the events whose payload it is. */
export function schemaSection(name: string, schema: ApiSchema): string {
  const members = Object.entries(schema.properties ?? {});
  return `<section id="schema-${escapeHtml(name)}">
<h3>${escapeHtml(name)}</h3>
${markdownHtml(schema.description ?? '')}
${members.length > 0 ? membersTable(members, new Set(schema.required)) : `<p>${typeHtml(schema)}</p>`}
${eventsList(schema)}
</section>`;
}

/** Writes the kind of a value in words, with links to the schemas it names. */
export function typeHtml(schema: ApiSchema): string {
  const kind = kindHtml(schema);
  const rules = ruleTexts(schema).map(escapeHtml).join(', ');
  return rules === '' ? kind : `${kind} <small>${rules}</small>`;
}

function membersTable(members: readonly [string, ApiSchema][], required: ReadonlySet<string>): string {
  const rows = members.map(
    ([name, schema]) =>
      `<tr><td><code>${escapeHtml(name)}</code>${required.has(name) ? ' <b>required</b>' : ''}</td>` +
      `<td>${typeHtml(schema)}</td><td>${markdownHtml(schema.description ?? '')}</td></tr>`,
  );
  return `<table><thead><tr><th>Member</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function eventsList(schema: ApiSchema): string {
  const events = Object.entries(schema['x-audit-events'] ?? {});
  if (events.length === 0) return '';
  const items = events.map(
    ([type, { when }]) => `<tr><td><code>${escapeHtml(type)}</code></td><td>${markdownHtml(when)}</td></tr>`,
  );
  return `<table><thead><tr><th>Event type</th><th>When</th></tr></thead><tbody>${items.join('\n')}</tbody></table>`;
}

function kindHtml(schema: ApiSchema): string {
  if (schema.$ref !== undefined) return schemaLink(referenceName(schema.$ref));
  if (schema.oneOf !== undefined) return schema.oneOf.map(typeHtml).join(' or ');
  if (schema.items !== undefined) return `array of ${typeHtml(schema.items)}`;
  if (typeof schema.additionalProperties === 'object') {
    return `object of ${typeHtml(schema.additionalProperties)}`;
  }
  return escapeHtml([schema.type ?? 'any', schema.format].filter((word) => word !== undefined).join(', '));
}

function schemaLink(name: string): string {
  return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
}

function ruleTexts(schema: ApiSchema): string[] {
  const { minimum, maximum, minLength, maxLength } = schema;
  return [
    schema.nullable === true ? 'or null' : undefined,
    schema.enum?.join(' | '),
    spanText(minimum, maximum),
    spanText(minLength, maxLength, ' characters'),
    schema.pattern,
    schema.default === undefined ? undefined : `default ${JSON.stringify(schema.default)}`,
    schema['x-pii'] === undefined ? undefined : 'personal data',
  ].filter((text) => text !== undefined);
}

function spanText(min: number | undefined, max: number | undefined, unit = ''): string | undefined {
  if (min === undefined && max === undefined) return undefined;
  if (max === undefined) return `at least ${min}${unit}`;
  return min === undefined ? `at most ${max}${unit}` : `${min} to ${max}${unit}`;
}
