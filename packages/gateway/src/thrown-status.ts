/** What the Kubernetes API answered, as far as something thrown tells. */
export interface ThrownStatus {
  /** Kubernetes word such as `AlreadyExists`. */
  readonly reason: string | undefined;
  readonly httpStatus: number | undefined;
  /** The messages of the error and of its causes, outermost first; empty when there are none. */
  readonly message: string;
}

/**
 * Reads anything thrown: a Kubernetes Status, an error with one as its body (also as JSON text, as the JavaScript
 * client has it), an error with either as a cause, or something else.
 */
export function thrownStatus(thrown: unknown): ThrownStatus {
  const layers = layersOf(thrown, layersMax);
  const messages = layers.map(({ message }) => message).filter((message) => message !== '');
  return {
    reason: layers.find(({ reason }) => reason !== undefined)?.reason,
    httpStatus: layers.find(({ httpStatus }) => httpStatus !== undefined)?.httpStatus,
    message: [...new Set(messages)].join(': '),
  };
}

// Causes can form a circle.
const layersMax = 8;

function layersOf(thrown: unknown, layersLeft: number): ThrownStatus[] {
  if (typeof thrown === 'string') return [readStatus({ message: thrown })];
  if (!isObject(thrown) || layersLeft === 0) return [];
  return [readStatus(statusBody(thrown.body) ?? thrown), ...layersOf(thrown.cause, layersLeft - 1)];
}

type UnknownObject = Readonly<Record<string, unknown>>;

function readStatus({ reason, code, statusCode, message }: UnknownObject): ThrownStatus {
  return {
    reason: typeof reason === 'string' && reason !== '' ? reason : undefined,
    httpStatus: [code, statusCode].find((status) => typeof status === 'number'),
    message: typeof message === 'string' ? message : '',
  };
}

function statusBody(body: unknown): UnknownObject | undefined {
  const parsed = typeof body === 'string' ? parseJson(body) : body;
  return isObject(parsed) && (parsed.kind === 'Status' || typeof parsed.reason === 'string')
    ? parsed
    : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy before the API answers in HTML; the error's own message tells then.
    return undefined;
  }
}

function isObject(value: unknown): value is UnknownObject {
  return typeof value === 'object' && value !== null;
}
