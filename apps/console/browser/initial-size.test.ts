import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const built = new URL('../../server/dist/console/', import.meta.url);
const initialBytesMax = 250_000;

it('a browser loads less than 250 KB of compressed scripts before the first page', () => {
  const html = readFileSync(new URL('index.html', built), 'utf8');
  const scripts = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, file = '']) => file);
  expect(scripts.length).toBeGreaterThan(0);
  const bytes = scripts.map((file) => readFileSync(new URL(`${file}.gz`, built)).length);
  expect(bytes.reduce((sum, each) => sum + each, 0)).toBeLessThan(initialBytesMax);
});
