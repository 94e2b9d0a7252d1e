import { ParameterReader } from '../query/parameter-reader.ts';
import { brokenParameters } from './query-of.ts';

/** Parameters of a path that names a correlation. */
export interface CorrelationParameters {
  readonly correlation_id: string;
}

/**
 * Reads the correlation that a path names.
 * @throws {RequestProblem} `validation-error` when no correlation can have that id, such as one with NUL
 */
export function correlationIdOf(parameters: CorrelationParameters): string {
  const reader = new ParameterReader(new URLSearchParams({ ...parameters }), new Set(['correlation_id']));
  const correlationId = reader.text('correlation_id', 255);
  if (correlationId === undefined) throw brokenParameters(reader.issues);
  return correlationId;
}
