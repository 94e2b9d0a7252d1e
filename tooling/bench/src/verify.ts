import { hash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import {
  generateKey,
  importSigner,
  leafHash,
  MerkleFrontier,
  type Report,
  signCheckpoint,
  verifyExport,
  verifyPack,
  writePack,
} from '@audit/integrity';
import { uuidv7 } from 'uuidv7';
import { cpuSecondsOf, median } from './measure.ts';
import type { BenchRow } from './table.ts';

const rounds = 15;
const warmUpRounds = 3;
const records = 100_000;
const recordsPerCorrelation = 10;
const pieceBytes = 65_536;
const origin = 'audit.example/log';

/** Measures verifying a log, as an export file and as a pack, against hashing its lines and nothing else. */
export async function measureVerify(): Promise<BenchRow[]> {
  const subjects = await createSubjects();
  const seconds = subjects.map((): number[] => []);
  for (let round = 0; round < warmUpRounds + rounds; round += 1) {
    for (const [index, { run }] of subjects.entries()) {
      const taken = await cpuSecondsOf(run);
      if (round >= warmUpRounds) seconds[index]?.push(taken);
    }
  }
  const [base = []] = seconds;
  return subjects.map(({ name, goal }, index) => {
    const taken = seconds[index] ?? [];
    const ratio = median(taken.map((value, round) => (base[round] ?? Number.NaN) / value));
    return {
      name,
      figure: `${Math.round((median(taken) * 1e9) / records)} ns a record`,
      ratio: `${ratio.toFixed(2)} of SHA-256`,
      ...(goal !== undefined && { goal }),
    };
  });
}

interface Subject {
  readonly name: string;
  readonly run: () => Promise<unknown>;
  readonly goal?: string;
}

async function createSubjects(): Promise<readonly Subject[]> {
  const lines = sampleLines();
  const key = await generateKey(origin);
  const signer = await importSigner(key.signerKey);
  const frontier = new MerkleFrontier();
  const leaves = Buffer.from(lines.map((line) => leafHash(line)).join(''), 'hex');
  frontier.appendBytes(leaves);
  const checkpoint = await signCheckpoint({ origin, size: records, root: frontier.root() }, [signer]);
  const exported = piecesOf([`${lines.join('\n')}\n`]);
  const parts: string[] = [];
  const manifest = {
    origin,
    log_id: 'default',
    population: { kind: 'range', begin: 0, end: records },
    created_at: '2026-01-14T08:44:13.702Z',
    created_by: 'bench',
    disclosures: 'withheld',
  } as const;
  const items = lines.map((record) => ({ record }));
  const pack = { manifest, checkpoint, keys: [], items, readNodes: () => [], signer };
  for await (const part of writePack(pack)) parts.push(part);
  const packed = piecesOf(parts);
  const trust = { keys: [key.verifierKey] };
  const bytes = lines.map((line) => Buffer.from(line));
  const goal = 'at least 0.60';
  return [
    {
      name: 'SHA-256 of the lines',
      run: async () => {
        for (const line of bytes) hash('sha256', line);
      },
    },
    { name: 'tree over the hashes', run: async () => new MerkleFrontier().appendBytes(leaves) },
    { name: 'verifyExport', goal, run: () => verified(verifyExport(exported, { checkpoint, trust })) },
    { name: 'verifyPack', goal, run: () => verified(verifyPack(packed, { trust })) },
  ];
}

async function verified(verification: Promise<Report>): Promise<void> {
  const { verdict, failure } = await verification;
  if (verdict !== 'consistent_unwitnessed') throw new Error(`a sound log is ${verdict}: ${failure?.message}`);
}

/** Records of all event types in turn, written and chained as the service does. */
function sampleLines(): readonly string[] {
  const directory = new URL('../../../specs/examples/', import.meta.url);
  const events = readdirSync(directory)
    .filter((name) => name.endsWith('.valid.json'))
    .map((name) => JSON.parse(readFileSync(new URL(name, directory), 'utf8')) as Record<string, unknown>);
  const heads = new Map<string, string>();
  return Array.from({ length: records }, (_, sequence) => {
    const { event_id: _id, ...event } = events[sequence % events.length] ?? {};
    const correlation = `rr-${((sequence * 7919) % (records / recordsPerCorrelation)).toString(16).padStart(12, '0')}`;
    const time = new Date(1_768_380_253_000 + sequence).toISOString();
    const written = { ...event, event_timestamp: time, correlation_id: correlation };
    const own = `"event_id":"${uuidv7()}","log_id":"default","sequence":${sequence},"received_at":"${time}"`;
    const line = `${JSON.stringify(written).slice(0, -1)},${own},"previous_event_hash":"${heads.get(correlation) ?? ''}"}`;
    heads.set(correlation, leafHash(line));
    return line;
  });
}

function piecesOf(parts: readonly string[]): readonly Buffer[] {
  const file = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return Array.from({ length: Math.ceil(file.length / pieceBytes) }, (_, index) =>
    file.subarray(index * pieceBytes, (index + 1) * pieceBytes),
  );
}
