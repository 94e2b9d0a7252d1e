import { displayText } from '@audit/schema';
import { stylesFor } from './styles.ts';

/** How one column of a table is made of a row. */
export interface Column<Row> {
  readonly title: string;
  /** Text of the cell; made safe for the terminal by the table. */
  readonly read: (row: Row) => string;
  /** Default left. */
  readonly align?: 'left' | 'right';
  /** Whether the cell says that somebody should look; default never. */
  readonly isAlarm?: (row: Row) => boolean;
}

const gap = '  ';
const cellCharsMax = 300;

/** Writes rows under titles, each column as wide as its longest cell. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  hasColors: boolean,
): string {
  return createTable(columns, hasColors)(rows);
}

/**
 * Makes a table that is written in parts, for rows that come one page after another: the titles come with the first part,
 * and a column never gets narrower.
 */
export function createTable<Row>(
  columns: readonly Column<Row>[],
  hasColors: boolean,
): (rows: readonly Row[]) => string {
  const { bold, red } = stylesFor(hasColors);
  let widths = columns.map(({ title }) => title.length);
  let isBegun = false;
  return (rows) => {
    const cells = rows.map((row) => columns.map((column) => displayText(column.read(row), cellCharsMax)));
    widths = widths.map((width, index) =>
      cells.reduce((most, line) => Math.max(most, widthOf(line[index])), width),
    );
    const titles = columns.map(({ align, title }, index) => bold(pad(title, widths[index], align)));
    const lines = cells.map((line, rowIndex) =>
      columns.map((column, index) => {
        const text = pad(line[index], widths[index], column.align);
        const row = rows[rowIndex];
        return row !== undefined && column.isAlarm?.(row) ? red(text) : text;
      }),
    );
    const written = isBegun ? lines : [titles, ...lines];
    isBegun = true;
    return written.map((line) => `${joinCells(line)}\n`).join('');
  };
}

function joinCells(cells: readonly string[]): string {
  return cells.join(gap).trimEnd();
}

// A terminal draws these characters over two columns, and marks over the character before them.
const wideCharacter =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

function widthOf(text = ''): number {
  return [...text].reduce((width, character) => {
    if (/\p{M}/u.test(character)) return width;
    return width + (wideCharacter.test(character) ? 2 : 1);
  }, 0);
}

function pad(text = '', width = 0, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(width - widthOf(text));
  return align === 'left' ? text + space : space + text;
}
