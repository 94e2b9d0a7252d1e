/** Reads the members of a text that is a JSON object; none of any other text, whoever it comes from. */
export function safeParseMembers(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    // Not JSON, so there is no member in it.
    return {};
  }
}
