import type { AnswerProblem, NamedFault } from './transport.ts';

/** Reads a problem document (RFC 9457) from a parsed body; undefined when it is none. */
export function parseProblem(body: unknown): AnswerProblem | undefined {
  if (!isRecord(body)) return undefined;
  const { type, detail, errors } = body;
  return {
    ...(typeof type === 'string' && { type }),
    ...(typeof detail === 'string' && { detail }),
    errors: Array.isArray(errors) ? errors.flatMap(namedFault) : [],
  };
}

/** Keeps an error only when it names an event; faults of the request itself have no index. */
function namedFault(error: unknown): NamedFault[] {
  if (!isRecord(error)) return [];
  const { index, event_id, message } = error;
  if (typeof index !== 'number' || !Number.isSafeInteger(index) || index < 0) return [];
  return [
    {
      index,
      ...(typeof event_id === 'string' && { event_id }),
      message: typeof message === 'string' ? message : 'the server gave no reason',
    },
  ];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
