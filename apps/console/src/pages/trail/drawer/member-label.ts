const upperCase = new Set([
  'id',
  'url',
  'uid',
  'api',
  'ai',
  'llm',
  'rca',
  'sla',
  'http',
  'rr',
  'rar',
  'mcp',
  'cpu',
]);

/** Writes the name of a member for people: `root_cause_analysis` as “Root cause analysis”, `workflow_id` as “Workflow ID”. */
export function memberLabel(name: string): string {
  const words = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[_\s]+/)
    .filter(Boolean);
  const written = words.map((word) => (upperCase.has(word.toLowerCase()) ? word.toUpperCase() : word));
  const text = written.join(' ');
  return text === '' ? name : text.charAt(0).toUpperCase() + text.slice(1);
}
