import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compactRangeOf,
  emptyRoot,
  isIntegrityError,
  leafHash,
  MerkleFrontier,
  mergeRanges,
  nodeHash,
  proveConsistency,
  proveInclusion,
  proveMultiple,
  rootOfRange,
  verifyConsistency,
  verifyInclusion,
  verifyMultiple,
} from './index.ts';
import { createMemoryReader, readVector, rootOf } from './sample-log.test-support.ts';

const rfc = JSON.parse(readVector('rfc6962.json')) as {
  leaves: string[];
  roots: string[];
  inclusion: { index: number; size: number; proof: string[] }[];
  consistency: { oldSize: number; size: number; proof: string[] }[];
};
const argon = JSON.parse(readVector('argon2020.json')) as {
  size: number;
  root: string;
  inclusion: { index: number; leaf: string; proof: string[] };
  consistency: { oldSize: number; oldRoot: string; proof: string[] };
};
const rfcLeaves = rfc.leaves.map((leaf) => leafHash(Buffer.from(leaf, 'hex')));
const hex = (base64: string) => Buffer.from(base64, 'base64').toString('hex');
const leavesOf = (size: number) => Array.from({ length: size }, (_, index) => leafHash(`leaf ${index}`));

/** A tree, and some of its leaves. */
const treeAndIndexes = fc
  .integer({ min: 1, max: 70 })
  .chain((size) => fc.record({ size: fc.constant(size), indexes: fc.subarray([...Array(size).keys()]) }));

describe('the tree', () => {
  it('has the roots of RFC 6962', () => {
    expect(rootOf([])).toBe(emptyRoot);
    expect(rfc.roots).toEqual(rfcLeaves.map((_, last) => rootOf(rfcLeaves.slice(0, last + 1))));
  });

  it('hashes a record as text and as bytes alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(leafHash(Buffer.from(text))).toBe(leafHash(text));
      }),
    );
  });

  it('grows the same by leaves, by bytes, by subtrees and after it was restored', () => {
    fc.assert(
      fc.property(fc.nat({ max: 300 }), fc.nat({ max: 300 }), (before, after) => {
        const leaves = leavesOf(before + after);
        const first = new MerkleFrontier();
        first.appendBytes(Buffer.from(leaves.slice(0, before).join(''), 'hex'));
        const state = JSON.parse(JSON.stringify(first.state()));
        const second = MerkleFrontier.restore(state);
        second.appendBytes(Buffer.from(leaves.slice(before).join(''), 'hex'));
        expect([second.size, second.root()]).toEqual([before + after, rootOf(leaves)]);
        expect(second.state().hashes.length).toBeLessThan(64);
      }),
    );
  });

  it('grows the same in batches, wherever it is asked for its root and whatever is appended between', () => {
    const leaves = leavesOf(1600);
    const bytes = Buffer.from(leaves.join(''), 'hex');
    const step = fc.record({ length: fc.nat(600), single: fc.nat(1), asked: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const frontier = new MerkleFrontier();
        for (const { length, single, asked } of steps) {
          const begin = frontier.size;
          const end = Math.min(begin + length, leaves.length);
          frontier.appendBytes(bytes, begin * 32, end * 32);
          for (const leaf of leaves.slice(end, end + single)) frontier.append(leaf);
          if (asked) expect(frontier.root()).toBe(rootOf(leaves.slice(0, frontier.size)));
        }
        expect(frontier.root()).toBe(rootOf(leaves.slice(0, frontier.size)));
      }),
      { numRuns: 50 },
    );
  });

  it('refuses what cannot be appended or restored', () => {
    const frontier = new MerkleFrontier();
    frontier.append(leafHash('a'));
    for (const wrong of [
      () => frontier.appendSubtree(1, leafHash('b')),
      () => frontier.append('ab'),
      () => MerkleFrontier.restore({ size: 3, hashes: [] }),
      () => MerkleFrontier.restore({ size: -1, hashes: [] }),
      () => MerkleFrontier.restore({ size: 1, hashes: ['zz'] }),
    ]) {
      expect(wrong).toThrow(expect.toSatisfy(isIntegrityError));
    }
  });

  it('is the same whatever the grouping its ranges are merged in', () => {
    const sizes = fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 40 }), fc.nat({ max: 40 }));
    fc.assert(
      fc.property(fc.nat({ max: 40 }), sizes, (begin, [first, second, third]) => {
        const leaves = leavesOf(begin + first + second + third);
        const range = (from: number, to: number) => compactRangeOf(from, leaves.slice(from, to));
        const [one, two] = [begin + first, begin + first + second];
        const [left, middle, right] = [range(begin, one), range(one, two), range(two, leaves.length)];
        const merged = mergeRanges(mergeRanges(left, middle), right);
        expect(mergeRanges(left, mergeRanges(middle, right))).toEqual(merged);
        expect(rootOfRange(mergeRanges(range(0, begin), merged))).toBe(rootOf(leaves));
      }),
    );
  });

  it('computes nodes of sizes beyond 32 bits', () => {
    const hash = leafHash('subtree');
    const frontier = new MerkleFrontier();
    frontier.appendSubtree(33, hash);
    frontier.append(leafHash('a'));
    frontier.append(leafHash('b'));
    expect(frontier.size).toBe(2 ** 33 + 2);
    expect(frontier.root()).toBe(nodeHash(hash, nodeHash(leafHash('a'), leafHash('b'))));
  });
});

describe('inclusion proofs', () => {
  it.each(rfc.inclusion)('are those of RFC 6962: leaf $index of $size', async ({ index, size, proof }) => {
    expect(await proveInclusion(index, size, createMemoryReader(rfcLeaves))).toEqual(proof);
    const claim = { index, size, leafHash: rfcLeaves[index] ?? '', root: rfc.roots[size - 1] ?? '' };
    expect(verifyInclusion(claim, proof).verdict).toBe('proven');
  });

  it('of a public log verify', () => {
    const { index, leaf, proof } = argon.inclusion;
    const claim = {
      index,
      size: argon.size,
      leafHash: leafHash(Buffer.from(leaf, 'base64')),
      root: hex(argon.root),
    };
    expect(verifyInclusion(claim, proof.map(hex)).verdict).toBe('proven');
    expect(verifyInclusion({ ...claim, index: index + 1 }, proof.map(hex)).failure?.code).toBe(
      'root_mismatch',
    );
  });

  it('hold for every leaf of every tree, and for nothing else', async () => {
    const tree = fc
      .integer({ min: 1, max: 70 })
      .chain((size) =>
        fc.record({ size: fc.constant(size), index: fc.nat(size - 1), at: fc.nat(), bit: fc.nat(255) }),
      );
    await fc.assert(
      fc.asyncProperty(tree, async ({ size, index, at, bit }) => {
        const leaves = leavesOf(size);
        const proof = await proveInclusion(index, size, createMemoryReader(leaves));
        const claim = { index, size, leafHash: leaves[index] ?? '', root: rootOf(leaves) };
        expect(verifyInclusion(claim, proof).verdict).toBe('proven');
        expect(verifyInclusion({ ...claim, index: index + 1 }, proof).verdict).toBe('broken');
        expect(verifyInclusion({ ...claim, leafHash: leafHash('no') }, proof).verdict).toBe('broken');
        expect(verifyInclusion(claim, [...proof, claim.root]).failure?.code).toBe('malformed_proof');
        if (proof.length === 0) return;
        const changed = proof.with(at % proof.length, flip(proof[at % proof.length] ?? '', bit));
        expect(verifyInclusion(claim, changed).failure).toMatchObject({
          code: 'root_mismatch',
          sequence: index,
        });
      }),
    );
  });

  it.each([
    [0, 0],
    [1, 1],
    [-1, 5],
    [0.5, 5],
    [Number.NaN, 5],
    [0, 2 ** 60],
  ])('of leaf %d of %d are refused', async (index, size) => {
    const claim = { index, size, leafHash: emptyRoot, root: emptyRoot };
    expect(verifyInclusion(claim, []).failure?.code).toBe('index_out_of_range');
    await expect(proveInclusion(index, size, () => [])).rejects.toSatisfy(isIntegrityError);
  });
});

describe('consistency proofs', () => {
  it.each(rfc.consistency)('are those of RFC 6962: $oldSize to $size', async ({ oldSize, size, proof }) => {
    expect(await proveConsistency(oldSize, size, createMemoryReader(rfcLeaves))).toEqual(proof);
    const claim = { oldSize, size, oldRoot: rfc.roots[oldSize - 1] ?? '', root: rfc.roots[size - 1] ?? '' };
    expect(verifyConsistency(claim, proof).verdict).toBe('proven');
  });

  it('of a public log verify', () => {
    const { oldSize, oldRoot, proof } = argon.consistency;
    const claim = { oldSize, oldRoot: hex(oldRoot), size: argon.size, root: hex(argon.root) };
    expect(verifyConsistency(claim, proof.map(hex)).verdict).toBe('proven');
    expect(verifyConsistency({ ...claim, oldRoot: hex(argon.root) }, proof.map(hex)).verdict).toBe('broken');
  });

  it('hold between all sizes, and for nothing else', async () => {
    const sizes = fc.tuple(fc.nat(70), fc.nat(70), fc.nat(), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(sizes, async ([one, other, at, bit]) => {
        const [oldSize, size] = [Math.min(one, other), Math.max(one, other)];
        const leaves = leavesOf(size);
        const proof = await proveConsistency(oldSize, size, createMemoryReader(leaves));
        const claim = { oldSize, size, oldRoot: rootOf(leaves.slice(0, oldSize)), root: rootOf(leaves) };
        expect(verifyConsistency(claim, proof).verdict).toBe('proven');
        expect(verifyConsistency(claim, [...proof, claim.root]).failure?.code).toBe('malformed_proof');
        if (oldSize === 0) return;
        expect(verifyConsistency({ ...claim, oldRoot: leafHash('no') }, proof).verdict).toBe('broken');
        expect(verifyConsistency({ ...claim, root: leafHash('no') }, proof).verdict).toBe('broken');
        if (proof.length === 0) return;
        const changed = proof.with(at % proof.length, flip(proof[at % proof.length] ?? '', bit));
        expect(verifyConsistency(claim, changed).failure?.code).toBe('root_mismatch');
      }),
    );
  });

  it('refuse a log that shrank', () => {
    const claim = { oldSize: 2, size: 1, oldRoot: emptyRoot, root: emptyRoot };
    expect(verifyConsistency(claim, []).failure?.code).toBe('size_decreased');
  });
});

describe('multiproofs', () => {
  it('hold for any set of leaves of any tree, and for nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(treeAndIndexes, fc.nat(), fc.nat(255), async ({ size, indexes }, at, bit) => {
        const leaves = leavesOf(size);
        const proof = await proveMultiple(indexes, size, createMemoryReader(leaves));
        const chosen = indexes.map((index) => ({ index, leafHash: leaves[index] ?? '' }));
        const claim = { size, root: rootOf(leaves), leaves: chosen };
        expect(verifyMultiple(claim, proof).verdict).toBe('proven');
        expect(verifyMultiple({ ...claim, leaves: chosen.slice(1) }, proof).verdict).toBe(
          chosen.length === 0 ? 'proven' : 'broken',
        );
        expect(verifyMultiple(claim, [...proof, claim.root]).failure?.code).toBe('malformed_proof');
        if (proof.length === 0) return;
        const changed = proof.with(at % proof.length, flip(proof[at % proof.length] ?? '', bit));
        expect(verifyMultiple(claim, changed).failure?.code).toBe('root_mismatch');
      }),
    );
  });

  it('of one leaf have the hashes of its inclusion proof', async () => {
    const reader = createMemoryReader(rfcLeaves);
    for (const index of rfcLeaves.keys()) {
      const path = await proveInclusion(index, 7, reader).catch(() => undefined);
      if (path === undefined) continue;
      expect((await proveMultiple([index], 7, reader)).toSorted()).toEqual(path.toSorted());
    }
  });

  it('of a range take about two hashes a level', async () => {
    const leaves = leavesOf(1000);
    const range = Array.from({ length: 300 }, (_, offset) => 351 + offset);
    expect((await proveMultiple(range, 1000, createMemoryReader(leaves))).length).toBeLessThan(20);
  });

  it('refuse leaves that do not ascend', () => {
    const leaf = { leafHash: emptyRoot };
    const claim = {
      size: 4,
      root: emptyRoot,
      leaves: [
        { index: 2, ...leaf },
        { index: 2, ...leaf },
      ],
    };
    expect(verifyMultiple(claim, []).failure?.code).toBe('index_out_of_range');
  });

  it('refuse a reader of nodes that answers something else', async () => {
    await expect(proveMultiple([0], 8, () => ['zz'])).rejects.toSatisfy(isIntegrityError);
  });
});

function flip(hash: string, bit: number): string {
  const bytes = Buffer.from(hash, 'hex');
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return bytes.toString('hex');
}
