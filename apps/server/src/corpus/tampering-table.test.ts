import { expect, it } from 'vitest';
import { storeTamperings } from './store-tamperings.ts';
import { tamperingTable } from './tampering-table.ts';
import { fileTamperings } from './tamperings/files.ts';

it('lists every tampering with what is asserted of it', async () => {
  const table = tamperingTable(storeTamperings, fileTamperings);
  await expect(table).toMatchFileSnapshot('./TAMPERINGS.md');
});

it('has every tampering once', () => {
  for (const cases of [...Object.values(storeTamperings), ...Object.values(fileTamperings)]) {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  }
});
