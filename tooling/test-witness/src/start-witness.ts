import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  cosignCheckpoint,
  generateKey,
  importSigner,
  safeParseNote,
  verifyCheckpoint,
  verifyConsistency,
} from '@audit/integrity';

/** A witness that listens, believes one log key, and remembers the largest tree it saw (C2SP tlog-witness). */
export interface Witness {
  /** Where it is asked. */
  readonly url: string;
  /** Its public key, as text. */
  readonly key: string;
  /** Sizes of the trees it cosigned, in order. */
  readonly cosigned: readonly number[];
  /** The largest tree it saw. */
  seen: { readonly size: number; readonly root: string };
  /** What it answers instead of a cosignature; undefined to work properly. */
  fault: { readonly status: number; readonly body: string } | undefined;
  /** Takes no more questions. */
  readonly close: () => void;
}

/** Starts a witness on a free loopback port. Its clock stands at 2027-01-15T08:00:00Z. */
export async function startWitness(logKey: () => string): Promise<Witness> {
  const { signerKey, verifierKey } = await generateKey('witness.test/one', 'cosignature');
  const signer = await importSigner(signerKey);
  const cosigned: number[] = [];
  const state: Pick<Witness, 'fault' | 'seen'> = { fault: undefined, seen: { size: 0, root: '' } };

  async function answer(body: string): Promise<{ status: number; body: string }> {
    if (state.fault !== undefined) return state.fault;
    const end = body.indexOf('\n\n');
    const [old = '', ...hashes] = body.slice(0, end).split('\n');
    const note = body.slice(end + 2);
    const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [logKey()] });
    if (checkpoint === undefined || failure !== undefined) return { status: 403, body: '' };
    const { seen } = state;
    if (old !== `old ${seen.size}`) return { status: 409, body: `${seen.size}\n` };
    const { size, root } = checkpoint;
    const proof = hashes.map((hash) => Buffer.from(hash, 'base64').toString('hex'));
    const claim = { oldSize: seen.size, oldRoot: seen.root || root, size, root };
    if (verifyConsistency(claim, proof).failure !== undefined) return { status: 422, body: '' };
    state.seen = { size, root };
    cosigned.push(size);
    const signed = safeParseNote(note)?.text ?? '';
    const lines = (await cosignCheckpoint(note, signer, 1_800_000_000)).slice(note.length);
    return { status: signed === '' ? 400 : 200, body: lines };
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      void answer(Buffer.concat(chunks).toString()).then(({ status, body }) => {
        response.writeHead(request.url === '/add-checkpoint' ? status : 404).end(body);
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}/`,
    key: verifierKey,
    cosigned,
    close,
  });
}
