import { expect, it } from 'vitest';
import { createTable, renderTable } from './table.ts';

const columns = [
  { title: 'NAME', read: ({ name }: { name: string; count: number }) => name },
  {
    title: 'COUNT',
    align: 'right' as const,
    read: ({ count }: { count: number }) => String(count),
    isAlarm: ({ count }: { count: number }) => count > 9,
  },
];
const rows = [
  { name: 'a\u001b[2J\nb', count: 1 },
  { name: '東京', count: 100_000 },
];

it('aligns its columns and shows hostile text harmlessly', () => {
  expect(renderTable(columns, rows, false)).toMatchInlineSnapshot(`
    "NAME               COUNT
    a\\u{1b}[2J\\u{a}b       1
    東京              100000
    "
  `);
});

it('paints only what somebody should look at', () => {
  const [, calm = '', alarm = ''] = renderTable(columns, rows, true).split('\n');
  expect([calm.includes('\u001b'), alarm.includes('\u001b[31m100000')]).toEqual([false, true]);
});

it('is written in parts under one row of titles, and no column gets narrower', () => {
  const table = createTable<string>(
    [
      { title: 'A', read: (row) => row },
      { title: 'B', read: () => 'b' },
    ],
    false,
  );
  expect([table(['long']), table(['x']), table([])]).toEqual(['A     B\nlong  b\n', 'x     b\n', '']);
});
