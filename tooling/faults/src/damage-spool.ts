import { existsSync, readdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from './random.ts';
import { framesOf, segmentHeaderBytes } from './segment-frames.ts';

/** What a damage did. */
export interface Damage {
  readonly kind: string;
  /** Keys of the entries whose bytes it changed: they are still there, and have to be found in quarantine. */
  readonly changed: readonly string[];
  /** Keys of the entries whose bytes it removed. */
  readonly removed: readonly string[];
}

type Harm = (directory: string, random: Random) => Damage | undefined;

const harms: readonly [Harm, ...Harm[]] = [
  flipBytes,
  flipBytes,
  flipHeader,
  tearTail,
  zeroTail,
  addGarbage,
  harmCursor,
];

/** Damages the spool of a dead process in one to three ways. */
export function damageSpool(directory: string, random: Random): Damage[] {
  if (!existsSync(directory)) return [];
  const times = random.integer(1, 3);
  const damages = Array.from({ length: times }, () => random.pick(harms)(directory, random));
  return damages.filter((damage) => damage !== undefined);
}

function flipBytes(directory: string, random: Random): Damage | undefined {
  const [path, ...others] = segmentsOf(directory);
  if (path === undefined) return undefined;
  const segment = random.pick([path, ...others]);
  const bytes = readFileSync(segment);
  const frames = framesOf(bytes);
  const places = Array.from({ length: random.integer(1, 4) }, () => random.integer(0, bytes.length - 1));
  for (const place of places) bytes[place] = (bytes[place] ?? 0) ^ random.integer(1, 255);
  writeFileSync(segment, bytes);
  const hit = frames.filter(({ start, end }) => places.some((place) => place >= start && place < end));
  return { kind: 'flipped bytes', changed: hit.map(({ key }) => key), removed: [] };
}

// No entry lies in the header, so none may be lost by it.
function flipHeader(directory: string, random: Random): Damage | undefined {
  const [path, ...others] = segmentsOf(directory);
  if (path === undefined) return undefined;
  const segment = random.pick([path, ...others]);
  const bytes = readFileSync(segment);
  if (bytes.length < segmentHeaderBytes) return undefined;
  const place = random.integer(0, segmentHeaderBytes - 1);
  bytes[place] = (bytes[place] ?? 0) ^ random.integer(1, 255);
  writeFileSync(segment, bytes);
  return { kind: 'flipped header', changed: [], removed: [] };
}

function tearTail(directory: string, random: Random): Damage | undefined {
  return harmTail('torn tail', directory, random, (path, _bytes, cut) => truncateSync(path, cut));
}

function zeroTail(directory: string, random: Random): Damage | undefined {
  return harmTail('zeros at the tail', directory, random, (path, bytes, cut) =>
    writeFileSync(path, bytes.fill(0, cut)),
  );
}

type HarmFrom = (path: string, bytes: Buffer, cut: number) => void;

const idForm = /00000000-0000-8[0-9a-f]{3}-8000-[0-9a-f]{12}/g;

function harmTail(kind: string, directory: string, random: Random, harm: HarmFrom): Damage | undefined {
  const path = segmentsOf(directory).at(-1);
  if (path === undefined) return undefined;
  const bytes = readFileSync(path);
  const cut = Math.max(0, bytes.length - random.integer(1, 4_000));
  const hit = framesOf(bytes).filter(({ end }) => end > cut);
  // An entry that was changed before is no frame any more, and loses what was left of it.
  const named = bytes.toString('latin1', cut).match(idForm) ?? [];
  harm(path, bytes, cut);
  return { kind, changed: [], removed: [...hit.map(({ key }) => key), ...named] };
}

function addGarbage(directory: string, random: Random): Damage | undefined {
  const path = segmentsOf(directory).at(-1);
  if (path === undefined) return undefined;
  const garbage = Buffer.from(Array.from({ length: random.integer(1, 300) }, () => random.integer(0, 255)));
  writeFileSync(path, garbage, { flag: 'a' });
  return { kind: 'garbage at the tail', changed: [], removed: [] };
}

function harmCursor(directory: string, random: Random): Damage | undefined {
  const path = join(directory, 'cursor');
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  const place = random.integer(0, Math.max(0, bytes.length - 1));
  const way = random.pick(['removed', 'torn', 'flipped']);
  if (way === 'removed') unlinkSync(path);
  else if (way === 'torn') truncateSync(path, place);
  else {
    bytes[place] = (bytes[place] ?? 0) ^ random.integer(1, 255);
    writeFileSync(path, bytes);
  }
  return { kind: `cursor ${way}`, changed: [], removed: [] };
}

function segmentsOf(directory: string): string[] {
  const names = readdirSync(directory).filter((name) => name.endsWith('.segment'));
  return names.sort().map((name) => join(directory, name));
}
