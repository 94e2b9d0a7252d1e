/** Answers of a server that an outsider asks. */
export interface AskedServer {
  /** @throws {AnswerError} when it succeeds in nothing */
  text(path: string): Promise<string>;
  json(path: string): Promise<unknown>;
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
  async function send(path: string, init?: RequestInit): Promise<string> {
    const response = await fetch(url + path, init);
    const text = await response.text();
    if (response.ok) return text;
    throw new AnswerError(`answers ${response.status}`, text);
  }
  return {
    text: (path) => send(path),
    json: async (path) => parseJson(await send(path)),
    async post(path, body, method = 'POST') {
      const headers = { 'content-type': 'application/json' };
      return JSON.parse(await send(path, { method, headers, body: JSON.stringify(body) })) as unknown;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnswerError('answers no JSON', text);
  }
}
