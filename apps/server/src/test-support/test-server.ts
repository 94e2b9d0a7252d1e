import { Agent, request } from 'node:http';
import type { AuditRecord, Problem } from '@audit/schema';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { type ServerOptions, startServer } from '../start-server.ts';
import type { Database } from '../store/database.ts';
import type { OpenDatabase } from './describe-databases.ts';
import { sharedSigningKeyFile } from './signing-key.ts';
import { expectSpecResponse } from './spec-responses.ts';

/** An answer, checked against the contract. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  readonly bytes: Buffer;
  /** Local port of the connection the request went over. */
  readonly connection: number;
}

/** A listening server with a database of its own and one keep-alive connection to it. */
export interface TestServer {
  readonly url: string;
  /** Of the listener for metrics, when it was asked for. */
  readonly metricsUrl: string | undefined;
  readonly database: Database;
  send(
    method: string,
    path: string,
    body?: string | Buffer,
    headers?: Record<string, string>,
  ): Promise<TestAnswer>;
  post(path: string, body: unknown): Promise<TestAnswer>;
  delete(path: string, body: unknown): Promise<TestAnswer>;
  /** Reads access policy, certificate and key again. */
  reload(): Promise<void>;
  /** Closes the server before the test ends. */
  close(): Promise<void>;
  /** Every record of the log, oldest first, read through the API. */
  records(): Promise<AuditRecord[]>;
}

/** Starts a server for the running test and closes it when the test ends. */
export async function startTestServer(
  open: OpenDatabase,
  options: Partial<ServerOptions> = {},
): Promise<TestServer> {
  const database = await open();
  const signingKey = { file: sharedSigningKeyFile() };
  const server = await startServer({ database, signingKey, logger: pino({ level: 'silent' }), ...options });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(async () => {
    agent.destroy();
    await server.close();
  });
  const send: TestServer['send'] = (method, path, body, headers) =>
    exchange({ url: server.url, agent, method, path, headers, body });
  return {
    url: server.url,
    metricsUrl: server.metricsUrl,
    database,
    send,
    reload: () => server.reload(),
    close: () => server.close(),
    post: (path, body) => send('POST', path, JSON.stringify(body), json),
    delete: (path, body) => send('DELETE', path, JSON.stringify(body), json),
    async records() {
      const answer = await send('GET', '/api/v1/audit/events?order=asc&limit=1000');
      return dataOf(answer);
    },
  };
}

const json = { 'content-type': 'application/json' };

/** The records of a query's answer. */
export function dataOf(answer: TestAnswer): AuditRecord[] {
  // The answer was checked against the contract.
  return (JSON.parse(answer.text) as { data: AuditRecord[] }).data;
}

/** The problem document of a failed request. */
export function problemOf(answer: TestAnswer): Problem {
  // The answer was checked against the contract.
  return JSON.parse(answer.text) as Problem;
}

interface Exchange {
  readonly url: string;
  readonly agent: Agent;
  readonly method: string;
  readonly path: string;
  readonly headers: Record<string, string> | undefined;
  readonly body: string | Buffer | undefined;
}

function exchange({ url, agent, method, path, headers = {}, body }: Exchange): Promise<TestAnswer> {
  return new Promise((resolve, reject) => {
    // Node frames the body of a GET or DELETE only when told how long it is.
    const isFramed = body === undefined || 'transfer-encoding' in headers;
    const length = isFramed ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = request(
      `${url}${path}`,
      { agent, method, headers: { ...length, ...headers } },
      (incoming) => {
        const connection = incoming.socket.localPort ?? 0;
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('end', () => {
          const status = incoming.statusCode ?? 0;
          const bytes = Buffer.concat(chunks);
          const text = bytes.toString();
          const contentType = incoming.headers['content-type'] ?? '';
          try {
            if (text !== '') expectSpecAnswer(method, path, status, contentType, text);
            resolve({ status, headers: incoming.headers, text, bytes, connection });
          } catch (error) {
            reject(error);
          }
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function expectSpecAnswer(
  method: string,
  path: string,
  status: number,
  contentType: string,
  text: string,
): void {
  const content: unknown = /json(?:;|$)/.test(contentType) ? JSON.parse(text) : text;
  expectSpecResponse(method, path.split('?', 1)[0] ?? path, status, contentType, content);
}
