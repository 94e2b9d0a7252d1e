import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  importSigner,
  leafHash,
  MerkleFrontier,
  type NodePosition,
  type NodeReader,
  type NoteSigner,
  nodeHash,
  type PackItem,
  type PackManifest,
  type Population,
  signCheckpoint,
  writePack,
} from './index.ts';

/** Origin of the logs of tests, and of the vectors. */
export const origin = 'audit.example/log';

/** Keys of the vectors; they sign nothing else. */
export const keys = JSON.parse(readVector('keys.json')) as Record<
  'log' | 'laterLog' | 'witness' | 'otherWitness',
  { readonly signerKey: string; readonly verifierKey: string }
>;

/** Reads a file of specs/vectors/integrity. */
export function readVector(name: string): string {
  return readFileSync(new URL(`../../../specs/vectors/integrity/${name}`, import.meta.url), 'utf8');
}

/** A log in memory. */
export interface SampleLog {
  readonly lines: readonly string[];
  readonly leaves: readonly string[];
  readonly root: string;
  readonly readNodes: NodeReader;
}

/** Text that a naive reader of records would stumble over. */
export const hostileText =
  '","event_id":"x","log_id":"other","sequence":99,"received_at":"2026-01-01T00:00:00.000Z","previous_event_hash":""}';

/** Makes a log whose records are as the server writes them, of a number of correlations that take turns. */
export function makeLog(size: number, correlations = 3): SampleLog {
  const lines: string[] = [];
  const leaves: string[] = [];
  const heads = new Map<string, string>();
  for (let sequence = 0; sequence < size; sequence++) {
    const correlationId = `rr-${(sequence * 5) % correlations}`;
    const line = makeRecord(sequence, correlationId, heads.get(correlationId) ?? '');
    const leaf = leafHash(line);
    heads.set(correlationId, leaf);
    lines.push(line);
    leaves.push(leaf);
  }
  return logOf(lines, leaves);
}

/** Makes the log of records that are there already. */
export function logOf(
  lines: readonly string[],
  leaves: readonly string[] = lines.map((line) => leafHash(line)),
): SampleLog {
  return { lines, leaves, root: rootOf(leaves), readNodes: createMemoryReader(leaves) };
}

/** Writes one record as the server does. */
export function makeRecord(
  sequence: number,
  correlationId: string,
  previousEventHash: string,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const event = {
    version: '1.0',
    event_type: 'gateway.signal.received',
    event_timestamp: '2026-01-14T08:44:13.702Z',
    event_category: 'gateway',
    ...(sequence % 3 === 0 ? { event_data: { signal: hostileText, nested: [{ correlation_id: 'x' }] } } : {}),
    correlation_id: correlationId,
    ...(sequence % 3 === 0
      ? {}
      : { event_data: { signal: `größe ${sequence} \u2028 \\ " }`, count: sequence } }),
    severity: 'info',
    ...more,
  };
  const digest = createHash('sha256').update(`event ${sequence}`).digest('hex');
  const eventId = `019bbbad-${digest.slice(0, 4)}-7${digest.slice(4, 7)}-8${digest.slice(7, 10)}-${digest.slice(10, 22)}`;
  const receivedAt = new Date(Date.UTC(2026, 0, 14, 8, 44, 14, sequence % 1000)).toISOString();
  return (
    `${JSON.stringify(event).slice(0, -1)},"event_id":"${eventId}","log_id":"default","sequence":${sequence},` +
    `"received_at":"${receivedAt}","previous_event_hash":"${previousEventHash}"}`
  );
}

/** Root of a tree, from its leaves. */
export function rootOf(leaves: readonly string[]): string {
  const frontier = new MerkleFrontier();
  for (const leaf of leaves) frontier.append(leaf);
  return frontier.root();
}

/** Reads the nodes of a tree of which all leaves are in memory. */
export function createMemoryReader(leaves: readonly string[]): NodeReader {
  const known = new Map<string, string>();
  const read = ({ level, index }: NodePosition): string => {
    const name = `${level}/${index}`;
    const hash =
      known.get(name) ??
      (level === 0
        ? (leaves[index] ?? 'no such leaf')
        : nodeHash(
            read({ level: level - 1, index: 2 * index }),
            read({ level: level - 1, index: 2 * index + 1 }),
          ));
    known.set(name, hash);
    return hash;
  };
  return (nodes) => nodes.map(read);
}

/** The key that signs a log of tests. */
export function logSigner(): Promise<NoteSigner> {
  return importSigner(keys.log.signerKey);
}

/** Signs a checkpoint of a log. */
export async function checkpointOf(log: SampleLog): Promise<string> {
  return signCheckpoint({ origin, size: log.lines.length, root: log.root }, [await logSigner()]);
}

/** Writes a pack of a log into one text. */
export async function packOf(
  log: SampleLog,
  population: Population,
  items: readonly PackItem[],
  manifest: Partial<PackManifest> = {},
): Promise<string> {
  const pieces = writePack({
    manifest: {
      origin,
      log_id: 'default',
      population,
      created_at: '2026-01-14T09:00:00Z',
      created_by: 'ada@example.org',
      disclosures: 'included',
      ...manifest,
    },
    checkpoint: await checkpointOf(log),
    keys: [{ key: keys.log.verifierKey, use: 'log' }],
    items,
    readNodes: log.readNodes,
    signer: await logSigner(),
  });
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** The records at some positions, as items of a pack. */
export function itemsAt(log: SampleLog, sequences: readonly number[]): PackItem[] {
  return sequences.map((sequence) => ({ record: log.lines[sequence] ?? '' }));
}

/** Positions `begin` to `end - 1`. */
export function positions(begin: number, end: number): number[] {
  return Array.from({ length: end - begin }, (_, offset) => begin + offset);
}
