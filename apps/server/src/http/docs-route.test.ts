import { createHash } from 'node:crypto';
import { fastify } from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { escapeHtml, markdownHtml } from '../docs/html.ts';
import { specDocument } from '../generated/spec-document.ts';
import { expectSpecResponse } from '../test-support/spec-responses.ts';
import { addDocsRoute } from './docs-route.ts';

it('the reference page shows every operation and schema, links to nothing that is not there, and needs nobody else', async () => {
  const server = fastify();
  addDocsRoute(server);
  onTestFinished(() => server.close());
  const answer = await fetch(`${await server.listen({ port: 0 })}/docs`);
  const text = await answer.text();
  const headers = Object.fromEntries(answer.headers);
  expectSpecResponse('GET', '/docs', answer.status, headers['content-type'] ?? '', text);
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(text) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': `default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; style-src 'sha256-${hash}'`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  const { paths, components } = JSON.parse(specDocument) as {
    paths: Record<string, Record<string, { summary: string }>>;
    components: { schemas: object };
  };
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, { summary }] of Object.entries(operations)) {
      expect(text).toContain(`<h3><code>${method.toUpperCase()} ${path}</code></h3>`);
      expect(text).toContain(`<b>${escapeHtml(summary)}</b>`);
    }
  }
  const ids = [...text.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(ids.filter((id) => id?.startsWith('schema-'))).toEqual(
    Object.keys(components.schemas).map((name) => `schema-${name}`),
  );
  expect(new Set(ids).size).toBe(ids.length);
  const targets = [...text.matchAll(/ href="([^"]+)"/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => !ids.includes(target.slice(1)))).toEqual(['openapi.json']);
  expect(text).not.toMatch(
    /<script|<link|<img|<iframe| src=| style=| on\w+=|url\(|@import|undefined|\[object/,
  );
});

it('text of the contract cannot become markup', () => {
  expect(markdownHtml('a <b> & `<script>` "c"\n\n| x | y |\n|---|---|\n| `<i>` | 2 |')).toBe(
    '<p>a &lt;b&gt; &amp; <code>&lt;script&gt;</code> &quot;c&quot;</p>\n' +
      '<table><thead><tr><th>x</th><th>y</th></tr></thead>' +
      '<tbody><tr><td><code>&lt;i&gt;</code></td><td>2</td></tr></tbody></table>',
  );
});
