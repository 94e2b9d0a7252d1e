import { createHash } from 'node:crypto';
import type { ApiDocument } from './api-document.ts';
import { escapeHtml, markdownHtml } from './html.ts';
import { operationSection, operationsOf } from './operation-html.ts';
import { schemaSection } from './schema-html.ts';

/** The page, and the only policy under which browsers may show it. */
export interface ApiPage {
  readonly html: string;
  /** Content-Security-Policy: the style of the page by its hash, and nothing else. */
  readonly policy: string;
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 62rem; margin: 0 auto; padding: 1rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
h2 { border-bottom: 1px solid; margin-top: 3rem; }
h3 { margin-top: 2.5rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { border: 1px solid GrayText; padding: 0.25rem 0.5rem; text-align: left; vertical-align: top; }
td p { margin: 0; }
small { overflow-wrap: anywhere; }
`;

/** Writes the contract as one page of HTML, without scripts. */
export function writeApiPage(document: ApiDocument): ApiPage {
  const hash = createHash('sha256').update(style).digest('base64');
  return { html: pageHtml(document), policy: `${closed}; style-src 'sha256-${hash}'` };
}

const closed = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

function pageHtml(document: ApiDocument): string {
  const { info, tags, components } = document;
  const title = escapeHtml(`${info.title} ${info.version}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<h1>${title}</h1>
${markdownHtml(info.description)}
<p>The same for programs: <a href="openapi.json">openapi.json</a></p>
<nav><ul>
${tags.map(({ name }) => `<li><a href="#${anchor(name)}">${escapeHtml(name)}</a></li>`).join('\n')}
<li><a href="#schemas">Schemas</a></li>
</ul></nav>
${tags.map((tag) => tagSection(document, tag)).join('\n')}
<h2 id="schemas">Schemas</h2>
${Object.entries(components.schemas)
  .map(([name, schema]) => schemaSection(name, schema))
  .join('\n')}
</body>
</html>
`;
}

function tagSection(document: ApiDocument, tag: ApiDocument['tags'][number]): string {
  const sections = operationsOf(document, tag.name).map((placed) => operationSection(document, placed));
  return `<h2 id="${anchor(tag.name)}">${escapeHtml(tag.name)}</h2>
${markdownHtml(tag.description)}
${sections.join('\n')}`;
}

function anchor(name: string): string {
  return name.toLowerCase().replaceAll(/\W+/g, '-');
}
