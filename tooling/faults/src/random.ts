import { hash } from 'node:crypto';

/** A repeatable source of chance: the same seed gives the same values in the same order. */
export interface Random {
  /** A number from 0 up to 1. */
  fraction(): number;
  /** An integer from `min` up to and including `max`. */
  integer(min: number, max: number): number;
  /** True with a probability. */
  chance(probability: number): boolean;
  /** One of the items. */
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** The items in another order. */
  shuffle<Item>(items: readonly Item[]): Item[];
}

/** Creates a source of chance. Name parts that must not disturb each other: each gets a source of its own. */
export function createRandom(seed: number, part: string): Random {
  let state = Number.parseInt(hash('sha256', `${seed} ${part}`).slice(0, 8), 16);
  // mulberry32: 32 bits of state are plenty for choosing faults, and it costs nothing per event.
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const integer = (min: number, max: number) => min + Math.floor(fraction() * (max - min + 1));
  return {
    fraction,
    integer,
    chance: (probability) => fraction() < probability,
    pick: (items) => items[integer(0, items.length - 1)] ?? items[0],
    shuffle: (items) =>
      items
        .map((item) => ({ item, place: fraction() }))
        .sort((left, right) => left.place - right.place)
        .map(({ item }) => item),
  };
}
