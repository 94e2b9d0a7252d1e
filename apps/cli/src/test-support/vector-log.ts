import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  importSigner,
  leafHash,
  type NodePosition,
  nodeHash,
  type Population,
  writePack,
} from '@audit/integrity';
import { type StubAnswer, type StubServer, startStubServer } from './stub-server.ts';

/** Path of a file of the fixed vectors: a log of 300 records, checkpoint and packs of it. */
export function vectorFile(name: string): string {
  return fileURLToPath(new URL(`../../../../specs/vectors/integrity/${name}`, import.meta.url));
}

/** Reads a file of the vectors. */
export function readVector(name: string): string {
  return readFileSync(vectorFile(name), 'utf8');
}

const keys = JSON.parse(readVector('keys.json'));

/** Public keys of the vectors: the log's, and its witness's. */
export const vectorKeys: { readonly log: string; readonly witness: string } = {
  log: keys.log.verifierKey,
  witness: keys.witness.verifierKey,
};

/** The lines of the log, purged records among them. */
export const vectorLines: readonly string[] = readVector('log.jsonl').split('\n').slice(0, -1);

const leaves = vectorLines.map((line) =>
  line.startsWith('{') ? leafHash(line) : String(JSON.parse(line.slice('#purged '.length)).event_hash),
);

/** Writes a pack of some records of the log, whatever population it says they are. */
export async function packOfVectorLog(population: Population, sequences: readonly number[]): Promise<string> {
  const pieces = writePack({
    manifest: {
      origin: 'audit.example/log',
      log_id: 'default',
      population,
      created_at: '2026-01-14T09:00:00Z',
      created_by: 'anonymous',
      disclosures: 'withheld',
    },
    checkpoint: readVector('log.checkpoint'),
    keys: [{ key: vectorKeys.log, use: 'log' }],
    items: sequences.map((sequence) => itemOf(vectorLines[sequence] ?? '')),
    readNodes: (nodes) => nodes.map(hashOf),
    signer: await importSigner(keys.log.signerKey),
  });
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** Starts a server for the running test that has the log of the vectors, and what is given beside it by path. */
export function serveVectorLog(answers: Readonly<Record<string, StubAnswer>> = {}): Promise<StubServer> {
  const body: Readonly<Record<string, string>> = {
    '/checkpoint': readVector('log.checkpoint'),
    '/checkpoint/witnessed': readVector('log.checkpoint'),
    '/api/v1/audit/log-keys': JSON.stringify({ keys: [{ key: vectorKeys.log, from: 0 }] }),
    '/api/v1/audit/export?format=jsonl&from_sequence=0&to_sequence=299': readVector('log.jsonl'),
  };
  return startStubServer(({ path }) => {
    const own = body[path] === undefined ? { status: 404 } : { status: 200, body: body[path] };
    const answer = Object.entries(answers).find(([beginning]) => path.startsWith(beginning))?.[1] ?? own;
    return { headers: { 'audit-log-size': '300' }, ...answer };
  });
}

function itemOf(line: string) {
  return line.startsWith('{') ? { record: line } : { purged: JSON.parse(line.slice('#purged '.length)) };
}

function hashOf({ index, level }: NodePosition): string {
  if (level === 0) return leaves[index] ?? '';
  const below = { level: level - 1, index: 2 * index };
  return nodeHash(hashOf(below), hashOf({ ...below, index: below.index + 1 }));
}
