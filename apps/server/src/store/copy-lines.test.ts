import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { linesOfCopy } from './copy-lines.ts';
import { quoteLiteral } from './quote-literal.ts';

const cases = {
  'no row': [],
  'an empty text': [''],
  'texts as long as what stands before them': ['a', 'bc', '', 'd'.repeat(300_000), 'e'],
  'what a text format would escape': ['\\ \\n \t é 😀 \u2028', "it's '' \\'"],
};

describeDatabases('taking rows out', (open) => {
  it('gives the bytes as lines, fails as the statement does, and is of use afterwards', async () => {
    const database = await open();
    for (const [name, texts] of Object.entries(cases)) {
      const values = ['', ...texts].map((text, place) => `(${place}, ${quoteLiteral(text)})`).join(', ');
      const query = `select text from (values ${values}) as rows (place, text) where place > 0 order by place`;
      const lines = linesOfCopy(await database.copyOut(query));
      expect(lines.bytes.toString(), name).toBe(texts.map((text) => `${text}\n`).join(''));
      expect(lines.count, name).toBe(texts.length);
    }
    await expect(database.copyOut('select 1 / 0')).rejects.toThrow('division by zero');
    expect(linesOfCopy(await database.copyOut("select 'x'")).bytes.toString()).toBe('x\n');
    await database.close();
  });
});
