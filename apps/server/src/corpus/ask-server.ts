/** Answers of a server that an outsider asks. */
export interface AskedServer {
  /** @throws {AnswerError} when it succeeds in nothing */
  text(path: string): Promise<string>;
  json(path: string): Promise<unknown>;
  /** The bytes of an answer in hex. */
  hex(path: string): Promise<string>;
  post(path: string, body: unknown, method?: 'POST' | 'DELETE'): Promise<unknown>;
}

/** The server refuses, fails, or gives what cannot be read. */
export class AnswerError extends Error {
  override readonly name = 'AnswerError';
  /** What he says, in few words. */
  readonly answer: string;

  constructor(answer: string, text: string) {
    super(`${answer}: ${text}`);
    this.answer = answer;
  }
}

/** Asks a server over HTTP, as anybody would. */
export function askServer(url: string): AskedServer {
  async function send(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(url + path, init);
    if (response.ok) return response;
    throw new AnswerError(`answers ${response.status}`, await response.text());
  }
  return {
    text: async (path) => textOf(await send(path)),
    json: async (path) => parseJson(await textOf(await send(path))),
    hex: async (path) => Buffer.from(await (await send(path)).arrayBuffer()).toString('hex'),
    async post(path, body, method = 'POST') {
      const headers = { 'content-type': 'application/json' };
      return parseJson(await textOf(await send(path, { method, headers, body: JSON.stringify(body) })));
    },
  };
}

// An export or a pack that fails on its way is cut off.
async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw new AnswerError('is cut off', response.url);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerError('answers no JSON', text);
  }
}
