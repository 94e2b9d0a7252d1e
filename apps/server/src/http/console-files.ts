import { readdir } from 'node:fs/promises';
import { sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Where the built console is: a directory with `index.html`, or `off` when none is to be served. */
export type ConsoleSource = { readonly directory: string } | 'off';

/** The built console, or why there is none. */
export type Console = ConsoleFiles | 'off' | 'not_built';

/** Answers requests with files of the console. */
export interface ConsoleFiles {
  /** Sends the page, whatever its address: what it shows is decided in the browser. */
  sendPage(reply: FastifyReply): FastifyReply;
  /** Sends the file or page that a path asks for; undefined when it is neither. */
  answer(request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined;
}

/** Looks which files there are; they do not change while the server runs. It adds no route. */
export async function openConsole(
  server: FastifyInstance,
  source: ConsoleSource | undefined,
): Promise<Console> {
  if (source === 'off') return 'off';
  const files = source === undefined ? undefined : await listFiles(source.directory);
  if (source === undefined || files === undefined || !files.has(page)) return 'not_built';
  await server.register(fastifyStatic, {
    root: source.directory,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  });
  return {
    sendPage,
    answer({ headers, method, url }, reply) {
      if (method !== 'GET' && method !== 'HEAD') return undefined;
      const path = url.split('?', 1)[0] ?? url;
      if (files.has(path.slice(1)) && path !== `/${page}`) return sendFile(reply, path.slice(1));
      return isPage(path, headers.accept) ? sendPage(reply) : undefined;
    },
  };
}

const page = 'index.html';

async function listFiles(directory: string): Promise<ReadonlySet<string> | undefined> {
  try {
    const files = await readdir(directory, { recursive: true });
    return new Set(files.map((file) => file.replaceAll(sep, '/')));
  } catch (error) {
    // Whoever runs the sources has not built it.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

// A browser that opens an address asks for HTML. Under /api programs ask, and are told what is wrong.
function isPage(path: string, accept = ''): boolean {
  return accept.includes('text/html') && path !== '/api' && !path.startsWith('/api/');
}

// The names of these files have a hash of their content.
const hashed = /^assets\//;

function sendFile(reply: FastifyReply, file: string): FastifyReply {
  const cacheControl = hashed.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.headers({ ...pageHeaders, 'cache-control': cacheControl }).sendFile(file);
}

function sendPage(reply: FastifyReply): FastifyReply {
  return sendFile(reply, page);
}

const pageHeaders = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "font-src 'self'",
    "worker-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  vary: 'accept-encoding',
} as const;
