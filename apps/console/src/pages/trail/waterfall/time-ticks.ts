const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const distances = [
  1,
  2,
  5,
  10,
  20,
  50,
  100,
  200,
  500,
  second,
  2 * second,
  5 * second,
  10 * second,
  15 * second,
  30 * second,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  6 * hour,
  12 * hour,
  day,
  2 * day,
  7 * day,
  30 * day,
];

/** Chooses round times of an axis, 0 first, in milliseconds: at most so many, none beyond the end. */
export function timeTicks(durationMs: number, ticksMax: number): readonly number[] {
  if (durationMs <= 0) return [0];
  const least = durationMs / Math.max(1, ticksMax - 1);
  const last = 30 * day;
  const distance = distances.find((each) => each >= least) ?? Math.ceil(least / last) * last;
  return Array.from({ length: Math.floor(durationMs / distance) + 1 }, (_, place) => place * distance);
}
