import { Refusal } from './refusal.ts';

/** How the worker asks the server that it came from. */
export interface ServerAccess {
  readonly token: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * Asks for a path of the server.
 * @throws {Refusal} for every answer but 2xx, and when none comes
 */
export async function askServer(path: string, { signal, token }: ServerAccess): Promise<Response> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await fetch(new URL(path, location.origin), {
    headers,
    signal,
    credentials: 'omit',
    cache: 'no-store',
  }).catch((cause: unknown) => {
    throw signal.aborted ? signal.reason : new Refusal(undefined, 'The server cannot be reached.', { cause });
  });
  if (response.ok) return response;
  throw new Refusal(response.status, await detailOf(response));
}

/** Reads the pieces of an answer as they come. */
export async function* piecesOf(stream: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = stream?.getReader();
  try {
    for (;;) {
      const piece = await reader?.read();
      if (piece?.value === undefined) return;
      yield piece.value;
    }
  } finally {
    // Whoever stops reading early wants no more of it, and an answer that failed is over anyway.
    await reader?.cancel().catch(() => undefined);
  }
}

async function detailOf(response: Response): Promise<string> {
  const problem: unknown = await response.json().catch(() => undefined);
  const isSaid = typeof problem === 'object' && problem !== null && 'detail' in problem;
  return isSaid ? String(problem.detail) : `The server answered ${response.status}.`;
}
