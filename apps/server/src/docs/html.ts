const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Writes text so that HTML shows it as it is, in attributes as well. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Writes the Markdown that the contract's descriptions use as HTML: paragraphs, tables and code. */
export function markdownHtml(text: string): string {
  return text
    .trim()
    .split(/\n\s*\n/)
    .map((block) => (block.startsWith('|') ? tableHtml(block) : `<p>${inlineHtml(block)}</p>`))
    .join('\n');
}

function tableHtml(block: string): string {
  const [head = '', _rule, ...rows] = block.split('\n');
  const body = rows.map((row) => rowHtml(row, 'td')).join('\n');
  return `<table><thead>${rowHtml(head, 'th')}</thead><tbody>${body}</tbody></table>`;
}

function rowHtml(row: string, element: 'td' | 'th'): string {
  const cells = row.replaceAll(/^\||\|\s*$/g, '').split('|');
  return `<tr>${cells.map((cell) => `<${element}>${inlineHtml(cell.trim())}</${element}>`).join('')}</tr>`;
}

function inlineHtml(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');
}
