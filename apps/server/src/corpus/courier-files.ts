import {
  createTileNodeReader,
  leafHash,
  proveInclusion,
  type Report,
  rootOfTile,
  safeParseCheckpointBody,
  safeParseNote,
  tileWidth,
  verifyConsistency,
  verifyExport,
  verifyInclusion,
  verifyPack,
} from '@audit/integrity';
import type { ConsistencyProof, InclusionProof } from '@audit/schema';
import type { AskedServer } from './ask-server.ts';
import type { SampleLog } from './sample-log.ts';

/** What a server hands out for somebody far away, each as the text of a file. */
export interface CourierFiles {
  readonly export: string;
  readonly checkpoint: string;
  readonly inclusion: string;
  readonly consistency: string;
  /** First full tile, in hex. */
  readonly tile: string;
  readonly 'range pack': string;
  readonly 'correlation pack': string;
  readonly 'sample pack': string;
}

/** Name of a file. */
export type CourierFile = keyof CourierFiles;

const proven = 100;
const remembered = 45;

/**
 * Asks a server for all of them; checkpoint and proofs are those of the export.
 * @param cosign has the witness cosign the log as it is
 */
export async function takeFiles(server: AskedServer, cosign: () => Promise<void>): Promise<CourierFiles> {
  const text = await server.text('/api/v1/audit/export');
  await cosign();
  const size = text.split('\n').length - 1;
  const proofs = '/api/v1/audit/proofs';
  return {
    export: text,
    checkpoint: await server.text('/checkpoint'),
    inclusion: JSON.stringify(await server.json(`${proofs}/inclusion?sequence=${proven}&tree_size=${size}`)),
    consistency: JSON.stringify(await server.json(`${proofs}/consistency?from=${remembered}&to=${size}`)),
    tile: await server.hex('/tile/0/000'),
    'range pack': await server.text('/api/v1/audit/evidence-pack?disclosures=included&to_sequence=59'),
    'correlation pack': await server.text('/api/v1/audit/evidence-pack?correlation_id=rr-b'),
    'sample pack': await server.text('/api/v1/audit/evidence-pack?seed=corpus&sample_size=16'),
  };
}

/** Verifies one of the files with the help of the others, as whoever got them by a courier does. */
export function verifyFile(file: CourierFile, files: CourierFiles, log: SampleLog): Promise<Report> {
  const { checkpoint } = files;
  const { trust } = log;
  switch (file) {
    case 'export':
    case 'checkpoint':
      return verifyExport([files.export], { checkpoint, trust, logId: 'default' });
    case 'inclusion':
      return verifyRecord(files);
    case 'consistency':
      return verifyGrowth(files, log);
    case 'tile':
      return verifyTile(files);
    default:
      return verifyPack([files[file]], { trust });
  }
}

async function verifyRecord(files: CourierFiles): Promise<Report> {
  // Where a proof is no such object, its verification says so.
  const { sequence: index, audit_path } = JSON.parse(files.inclusion) as InclusionProof;
  const { size, root } = statedBy(files.checkpoint);
  const line = files.export.split('\n')[proven] ?? '';
  return verifyInclusion({ index, size, root, leafHash: leafHash(line) }, audit_path);
}

async function verifyGrowth(files: CourierFiles, { checkpoints }: SampleLog): Promise<Report> {
  const { consistency_path } = JSON.parse(files.consistency) as ConsistencyProof;
  const old = statedBy(checkpoints.find((note) => statedBy(note).size === remembered) ?? '');
  return verifyConsistency(
    { ...statedBy(files.checkpoint), oldSize: old.size, oldRoot: old.root },
    consistency_path,
  );
}

/** Proves a record by tiles: the full one of the courier, and the partial one computed from the export. */
async function verifyTile({ tile, checkpoint, export: text }: CourierFiles): Promise<Report> {
  const { size, root } = statedBy(checkpoint);
  const lines = text.split('\n').slice(0, -1);
  const rest = lines.slice(tileWidth).map((line) => leafHash(line));
  const full = Buffer.from(tile, 'hex');
  const readNodes = createTileNodeReader(size, async ({ level, index }) => {
    if (level === 0) return index === 0 ? full : Buffer.from(rest.join(''), 'hex');
    return Buffer.from(rootOfTile(full), 'hex');
  });
  const last = size - 1;
  const proof = await proveInclusion(last, size, readNodes);
  return verifyInclusion({ index: last, size, root, leafHash: leafHash(lines[last] ?? '') }, proof);
}

function statedBy(note: string): { readonly size: number; readonly root: string } {
  const stated = safeParseCheckpointBody(safeParseNote(note)?.text ?? '');
  if (stated === undefined) throw new Error('this is no checkpoint');
  return stated;
}
