import { hash } from 'node:crypto';

/** A repeatable source of chance: the same seed gives the same values in the same order, on every machine. */
export interface Random {
  /** Lower-case hex digits, at most 64. */
  hex(digits: number): string;
  /** An integer from `min` up to and including `max`. */
  integer(min: number, max: number): number;
  /** One of the items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/** Creates a source of chance: SHA-256 over the seed and a counter. */
export function createRandom(seed: string): Random {
  let counter = 0;
  const hex = (digits: number): string => {
    counter += 1;
    return hash('sha256', `${seed}\n${counter}`).slice(0, digits);
  };
  // 48 bits against ranges of some thousands: the remainder's bias does not show.
  const integer = (min: number, max: number): number =>
    min + (Number.parseInt(hex(12), 16) % (max - min + 1));
  return { hex, integer, pick: (items) => items[integer(0, items.length - 1)] ?? items[0] };
}

/** Makes a UUIDv7 (RFC 9562, section 5.7) of a time and chance. */
export function uuidAt(timeMs: number, random: Random): string {
  const time = Math.trunc(timeMs).toString(16).padStart(12, '0');
  const chance = random.hex(18);
  const variant = (8 + (Number.parseInt(chance.slice(3, 4), 16) % 4)).toString(16);
  const parts = [
    time.slice(0, 8),
    time.slice(8),
    `7${chance.slice(0, 3)}`,
    `${variant}${chance.slice(4, 7)}`,
    chance.slice(6),
  ];
  return parts.join('-');
}
