import {
  type ApiContent,
  type ApiDocument,
  type ApiOperation,
  type ApiParameter,
  resolve,
} from './api-document.ts';
import { escapeHtml, markdownHtml } from './html.ts';
import { typeHtml } from './schema-html.ts';

/** An operation and where it is. */
export interface PlacedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: ApiOperation;
}

/** Lists the operations of a tag in the order of the document. */
export function operationsOf(document: ApiDocument, tag: string): PlacedOperation[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.tags.includes(tag))
      .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
}

/** Writes a section on an operation: what it does, takes and answers. */
export function operationSection(
  document: ApiDocument,
  { method, path, operation }: PlacedOperation,
): string {
  const { parameters = [], requestBody } = operation;
  return `<section>
<h3><code>${method} ${escapeHtml(path)}</code></h3>
<p><b>${escapeHtml(operation.summary)}</b></p>
${markdownHtml(operation.description ?? '')}
${parametersTable(parameters.map((parameter) => resolve(parameter, document.components.parameters)))}
${requestBody === undefined ? '' : `<p>Body: ${contentHtml(requestBody.content)}</p>`}
${responsesTable(document, operation)}
</section>`;
}

function parametersTable(parameters: readonly ApiParameter[]): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required = false, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code> <small>${escapeHtml(place)}</small>${required ? ' <b>required</b>' : ''}</td>` +
      `<td>${typeHtml(schema)}</td><td>${markdownHtml(description)}</td></tr>`,
  );
  return `<table><thead><tr><th>Parameter</th><th>Type</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function responsesTable(document: ApiDocument, { responses }: ApiOperation): string {
  const rows = Object.entries(responses).map(([status, part]) => {
    const { description, content = {} } = resolve(part, document.components.responses);
    return `<tr><td>${escapeHtml(status)}</td><td>${contentHtml(content)}</td><td>${markdownHtml(description)}</td></tr>`;
  });
  return `<table><thead><tr><th>Answer</th><th>Body</th><th></th></tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
}

function contentHtml(content: ApiContent): string {
  return Object.entries(content)
    .map(([mediaType, { schema }]) => `<code>${escapeHtml(mediaType)}</code> ${typeHtml(schema)}`)
    .join('<br>');
}
