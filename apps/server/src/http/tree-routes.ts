import { type EntryBundleName, safeParseTilePath, type Tile, tileWidth } from '@audit/integrity';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ReadingNotes } from './reading-notes.ts';
import { RequestProblem } from './request-problem.ts';

/** What the routes of checkpoints and tiles need. */
export interface TreeRouteOptions {
  /** The newest checkpoint, with the cosignatures that there are. */
  readonly readCheckpoint: () => Promise<string>;
  /** The newest checkpoint that a witness cosigned; undefined when none has. */
  readonly readWitnessedCheckpoint: () => Promise<string | undefined>;
  /** A tile or an entry bundle; undefined when there is none. */
  readonly readTile: (name: Tile | EntryBundleName) => Promise<Uint8Array | undefined>;
}

const unchanging = 'max-age=31536000, immutable';
// What a partial tile holds never changes either, but soon nobody asks for it.
const shortLived = 'max-age=60';

/** Adds `GET /checkpoint` and `GET /tile/…`, the log as C2SP tlog-tiles lays it out. */
export function addTreeRoutes(server: FastifyInstance, options: TreeRouteOptions & ReadingNotes): void {
  const sendCheckpoint = (reply: FastifyReply, checkpoint: string) =>
    reply.type('text/plain; charset=utf-8').header('cache-control', 'no-cache').send(checkpoint);

  server.get('/checkpoint', async (_request, reply) => sendCheckpoint(reply, await options.readCheckpoint()));

  server.get('/checkpoint/witnessed', async (_request, reply) => {
    const checkpoint = await options.readWitnessedCheckpoint();
    if (checkpoint === undefined)
      throw new RequestProblem('not-found', 'No witness has cosigned a checkpoint.');
    return sendCheckpoint(reply, checkpoint);
  });

  const sendTile = async (reply: FastifyReply, name: Tile | EntryBundleName, scope: 'public' | 'private') => {
    const content = await options.readTile(name);
    if (content === undefined) throw noTile();
    return reply
      .type('application/octet-stream')
      .header('cache-control', `${scope}, ${name.width === tileWidth ? unchanging : shortLived}`)
      .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
  };

  server.get<TileRequest>('/tile/:level/*', async ({ params }, reply) => {
    const name = safeParseTilePath(`tile/${params.level}/${params['*']}`);
    // Hashes are open to everybody, records are not: whatever the router makes of a path, none comes from here.
    if (name === undefined || name.level === 'entries') throw noTile();
    return sendTile(reply, name, 'public');
  });

  server.get<TileRequest>('/tile/entries/*', async (request, reply) => {
    const name = safeParseTilePath(`tile/entries/${request.params['*']}`);
    if (name?.level !== 'entries') throw noTile();
    const answer = await sendTile(reply, name, 'private');
    options.noteReading(request, { records: name.width });
    return answer;
  });
}

interface TileRequest {
  Params: { readonly level: string; readonly '*': string };
}

function noTile(): RequestProblem {
  const detail =
    'The log has no such tile, or not yet. Bundles of entries are there while none is purged or over 65,535 bytes.';
  return new RequestProblem('not-found', detail);
}
