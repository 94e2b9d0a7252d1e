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
import { onTestFinished } from 'vitest';
import { parseWitness, type Witness } from '../witness/parse-witness.ts';

/** A witness that listens, believes one log key, and remembers the largest tree it saw (C2SP tlog-witness). */
export interface TestWitness {
  readonly witness: Witness;
  /** Sizes of the trees it cosigned, in order. */
  readonly cosigned: readonly number[];
  /** The largest tree it saw. */
  seen: { readonly size: number; readonly root: string };
  /** What it answers instead of a cosignature; undefined to work properly. */
  fault: { readonly status: number; readonly body: string } | undefined;
}

/** Starts a witness for the running test. */
export async function startTestWitness(logKey: () => string): Promise<TestWitness> {
  const witness = await openTestWitness(logKey);
  onTestFinished(witness.close);
  return witness;
}

/** Starts a witness that whoever starts it closes. */
export async function openTestWitness(
  logKey: () => string,
): Promise<TestWitness & { readonly close: () => void }> {
  const { signerKey, verifierKey } = await generateKey('witness.test/one', 'cosignature');
  const signer = await importSigner(signerKey);
  const cosigned: number[] = [];
  const state: Pick<TestWitness, 'fault' | 'seen'> = { fault: undefined, seen: { size: 0, root: '' } };

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
  const { port } = server.address() as AddressInfo;
  const witness = parseWitness(`url=http://127.0.0.1:${port}/,key=${verifierKey}`);
  if (witness === undefined) throw new Error('the witness is not written as one');
  return Object.assign(state, { witness, cosigned, close });
}
