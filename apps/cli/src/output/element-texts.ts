/**
 * The texts of the elements of an array that is a member of a JSON object, exactly as they are written there, numbers
 * included; none when there is no such member. The text must be JSON.
 */
export function elementTexts(json: string, member: string): readonly string[] {
  const begin = arrayStart(json, JSON.stringify(member));
  return begin === undefined ? [] : textsFrom(json, begin);
}

const structure = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;

// Behind the bracket that opens the array.
function arrayStart(json: string, name: string): number | undefined {
  let depth = 0;
  let lastString = '';
  for (const { 0: token, index } of json.matchAll(structure)) {
    if (token === '[' && depth === 1 && lastString === name) return index + 1;
    depth += depthChange(token);
    if (depth === 1 && token.startsWith('"')) lastString = token;
  }
  return undefined;
}

function textsFrom(json: string, begin: number): readonly string[] {
  const texts: string[] = [];
  const rest = new RegExp(structure);
  rest.lastIndex = begin;
  let depth = 0;
  let start = begin;
  for (let found = rest.exec(json); found !== null; found = rest.exec(json)) {
    const [token] = found;
    depth += depthChange(token);
    if (depth < 0 || (depth === 0 && token === ',')) {
      texts.push(json.slice(start, found.index).trim());
      start = found.index + 1;
    }
    if (depth < 0) break;
  }
  return texts.filter((text) => text !== '');
}

function depthChange(token: string): number {
  if (token === '{' || token === '[') return 1;
  return token === '}' || token === ']' ? -1 : 0;
}
