import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

/** One thing that goes wrong with the files of a spool. Numbers are shares of what is there, from 0 to 1. */
export type Damage =
  | { readonly kind: 'flip'; readonly file: number; readonly at: number; readonly bit: number }
  | { readonly kind: 'zero' | 'garbage'; readonly file: number; readonly at: number; readonly length: number }
  | { readonly kind: 'truncate'; readonly file: number; readonly at: number }
  | { readonly kind: 'delete'; readonly file: number }
  | { readonly kind: 'cut out'; readonly file: number; readonly at: number; readonly length: number }
  | { readonly kind: 'extend'; readonly file: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'swap parts';
      readonly file: number;
      readonly at: number;
      readonly otherFile: number;
      readonly otherAt: number;
      readonly length: number;
    }
  | { readonly kind: 'swap files'; readonly file: number; readonly otherFile: number }
  | { readonly kind: 'copy file'; readonly file: number; readonly name: string }
  | { readonly kind: 'new file'; readonly name: string; readonly bytes: Uint8Array };

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const length = fc.oneof(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 4_000 }));
const bytes = fc.uint8Array({ maxLength: 200 });

/** Any damage. */
export const anyDamage: fc.Arbitrary<Damage> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('flip'), file: share, at: share, bit: fc.nat(7) }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constantFrom('zero', 'garbage'), file: share, at: share, length }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('truncate'), file: share, at: share }) },
  fc.record({ kind: fc.constant('delete'), file: share }),
  fc.record({ kind: fc.constant('cut out'), file: share, at: share, length }),
  fc.record({ kind: fc.constant('extend'), file: share, bytes: fc.oneof(bytes, zeros(), markers()) }),
  fc.record({
    kind: fc.constant('swap parts'),
    file: share,
    at: share,
    otherFile: share,
    otherAt: share,
    length,
  }),
  fc.record({ kind: fc.constant('swap files'), file: share, otherFile: share }),
  fc.record({
    kind: fc.constant('copy file'),
    file: share,
    name: fc.constantFrom('0000000000000000.segment', '0000000000900000.segment', 'copy.segment', 'cursor'),
  }),
  fc.record({
    kind: fc.constant('new file'),
    name: fc.constantFrom(
      'lock',
      'cursor',
      'cursor.tmp',
      'owner',
      'core',
      'x.segment',
      '0000000000000003.segment',
      '0000000000700000.segment',
      '9999999999999999.segment',
    ),
    bytes,
  }),
);

function zeros(): fc.Arbitrary<Uint8Array> {
  return fc.integer({ min: 1, max: 9_000 }).map((count) => new Uint8Array(count));
}

function markers(): fc.Arbitrary<Uint8Array> {
  return fc
    .array(fc.constantFrom([0xff, 0xa5, 0xdf, 0xfe], [0xff], [0, 0, 0], [40, 0, 0, 0]), { maxLength: 30 })
    .map((parts) => Uint8Array.from(parts.flat()));
}

/** Damages the files of a closed spool. */
export function applyDamage(directory: string, damage: Damage): void {
  if (damage.kind === 'new file') {
    writeFileSync(join(directory, damage.name), damage.bytes);
    return;
  }
  const paths = readdirSync(directory)
    .filter((name) => name.endsWith('.segment') || name === 'cursor')
    .sort()
    .map((name) => join(directory, name));
  const choose = (which: number): string => paths[Math.floor(which * paths.length)] ?? '';
  if (paths.length === 0) return;
  const file = choose(damage.file);
  if (damage.kind === 'delete') rmSync(file);
  else if (damage.kind === 'copy file') writeFileSync(join(directory, damage.name), readFileSync(file));
  else if (damage.kind === 'swap files') swapFiles(file, choose(damage.otherFile));
  else if (damage.kind === 'swap parts') swapParts(file, choose(damage.otherFile), damage);
  else writeFileSync(file, damageBytes(readFileSync(file), damage));
}

type ByteDamage = Extract<Damage, { kind: 'flip' | 'zero' | 'garbage' | 'truncate' | 'cut out' | 'extend' }>;

function damageBytes(bytes: Buffer, damage: ByteDamage): Buffer {
  if (damage.kind === 'extend') return Buffer.concat([bytes, damage.bytes]);
  const at = Math.floor(damage.at * bytes.length);
  if (damage.kind === 'truncate') return bytes.subarray(0, at);
  if (damage.kind === 'flip') {
    if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << damage.bit);
    return bytes;
  }
  const end = Math.min(at + damage.length, bytes.length);
  if (damage.kind === 'cut out') return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
  return bytes.fill(damage.kind === 'zero' ? 0 : 'garbage', at, end);
}

function swapFiles(file: string, otherFile: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, readFileSync(otherFile));
  writeFileSync(otherFile, bytes);
}

function swapParts(file: string, otherFile: string, damage: Extract<Damage, { kind: 'swap parts' }>): void {
  const content = readFileSync(file);
  const other = file === otherFile ? content : readFileSync(otherFile);
  const at = Math.floor(damage.at * content.length);
  const otherAt = Math.floor(damage.otherAt * other.length);
  const count = Math.min(damage.length, content.length - at, other.length - otherAt);
  const part = Buffer.from(content.subarray(at, at + count));
  const otherPart = Buffer.from(other.subarray(otherAt, otherAt + count));
  otherPart.copy(content, at);
  part.copy(other, otherAt);
  writeFileSync(file, content);
  if (file !== otherFile) writeFileSync(otherFile, other);
}
