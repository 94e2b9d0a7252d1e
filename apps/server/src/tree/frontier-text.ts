import { MerkleFrontier } from '@audit/integrity';

const hexDigits = 64;

/** Restores the right edge of a tree of `size` leaves from the text that {@link frontierText} writes. */
export function parseFrontier(size: number, text: string): MerkleFrontier {
  const hashes = Array.from({ length: text.length / hexDigits }, (_, at) =>
    text.slice(at * hexDigits, (at + 1) * hexDigits),
  );
  return MerkleFrontier.restore({ size, hashes });
}

/** Writes the right edge of a tree: the hashes of its perfect subtrees in hex, left to right, without its size. */
export function frontierText(frontier: MerkleFrontier): string {
  return frontier.state().hashes.join('');
}
