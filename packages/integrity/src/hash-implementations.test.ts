import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { build as buildPage } from 'vite';
import { describe, expect, it } from 'vitest';
import * as nodeSigning from './ed25519-node.ts';
import * as webSigning from './ed25519-web.ts';
import { leafHash, nodeHash } from './index.ts';
import * as node from './sha256-node.ts';
import * as web from './sha256-web.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const tsup = join(root, 'node_modules', 'tsup', 'dist', 'cli-default.js');
const expected = '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328';
const program = `
  import { leafHash, MerkleFrontier } from '@audit/integrity';
  const frontier = new MerkleFrontier();
  for (const hex of ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']) {
    frontier.append(leafHash(Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16))));
  }
  export const root = frontier.root();
`;

describe('the two implementations of hashing', () => {
  it('agree on bytes, texts and pieces', () => {
    const bytes = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(bytes, fc.string({ unit: 'binary' }), fc.nat(300), (data, text, at) => {
        expect(web.sha256Hex(data)).toBe(node.sha256Hex(data));
        expect(web.sha256Hex(text)).toBe(node.sha256Hex(text));
        const [one, other] = [node.allocate(40), web.allocate(40)];
        node.sha256Into(data, one, 3);
        web.sha256Into(data, other, 3);
        expect(Buffer.compare(one, other)).toBe(0);
        const digests = [node, web].map(({ createRunningHash }) => {
          const running = createRunningHash();
          running.update(data.subarray(0, at));
          running.update(data.subarray(at));
          return running.digest();
        });
        expect(digests).toEqual([node.sha256Hex(data), node.sha256Hex(data)]);
      }),
    );
  });

  it('agree on the leaf hashes of lines, and leave the lines as they were', () => {
    const texts = fc.array(
      fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', '')),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(texts, fc.nat(9), (lines, skipped) => {
        const from = Math.min(skipped, lines.length);
        const bytes = Buffer.from(['', ...lines, ''].join('\n'));
        const before = Buffer.from(bytes);
        const newlines = Int32Array.from([...bytes.keys()].filter((at) => bytes[at] === 0x0a));
        const count = lines.length - from;
        const found = [node.allocate(32 * count + 3), web.allocate(32 * count + 3)] as const;
        node.leafHashesInto({ bytes, newlines, count: lines.length }, from, count, found[0], 3);
        web.leafHashesInto({ bytes, newlines, count: lines.length }, from, count, found[1], 3);
        const expected = `000000${lines
          .slice(from)
          .map((line) => leafHash(line))
          .join('')}`;
        expect(found.map((target) => Buffer.from(target).toString('hex'))).toEqual([expected, expected]);
        expect(Buffer.compare(bytes, before)).toBe(0);
      }),
    );
  });

  it('read the same Base 64, and refuse the same', () => {
    const written = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'));
    const edited = fc
      .tuple(written, fc.nat(), fc.constantFrom('', '=', '-', '_', ' ', 'A', '/', 'ü'))
      .map(
        ([text, at, added]) =>
          text.slice(0, at % (text.length + 1)) + added + text.slice(1 + (at % (text.length + 1))),
      );
    fc.assert(
      fc.property(fc.oneof(written, edited, fc.string({ unit: 'binary' })), (text) => {
        const [one, other] = [node.safeBytesOfBase64(text), web.safeBytesOfBase64(text)];
        expect(one && [...one]).toEqual(other && [...other]);
      }),
      { numRuns: 500 },
    );
  });

  it('agree on the root over neighbouring nodes, and with hashing them one by one', () => {
    const nodes = fc.nat(11).chain((level) => {
      const length = 2 ** level * 32;
      return fc.uint8Array({ minLength: length, maxLength: length });
    });
    fc.assert(
      fc.property(nodes, (bytes) => {
        const count = bytes.length / 32;
        const one = node.allocate(bytes.length);
        const other = web.allocate(bytes.length);
        one.set(bytes);
        other.set(bytes);
        node.reduceNodes(one, count);
        web.reduceNodes(other, count);
        let hashes = Array.from({ length: count }, (_, at) =>
          Buffer.from(bytes.subarray(32 * at, 32 * (at + 1))).toString('hex'),
        );
        while (hashes.length > 1)
          hashes = hashes.flatMap((hash, at) => (at % 2 === 0 ? [nodeHash(hash, hashes[at + 1] ?? '')] : []));
        expect(one.subarray(0, 32).toString('hex')).toBe(hashes[0]);
        expect(Buffer.from(other.subarray(0, 32)).toString('hex')).toBe(hashes[0]);
      }),
      { numRuns: 40 },
    );
  });

  it('have the same exports', () => {
    expect(Object.keys(web).sort()).toEqual(Object.keys(node).sort());
  });
});

describe('the two implementations of signing', () => {
  it('make the same keys and signatures, and verify the same', async () => {
    const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
    const edit = fc.record({ at: fc.nat(63), bits: fc.nat(3) });
    await fc.assert(
      fc.asyncProperty(bytes(32), fc.uint8Array(), edit, async (seed, data, { at, bits }) => {
        const message = Uint8Array.from(data);
        const [one, other] = await Promise.all(
          [nodeSigning, webSigning].map((each) => each.importSeed(Uint8Array.from(seed))),
        );
        const [signature, same] = await Promise.all([one, other].map((pair) => pair?.sign(message)));
        expect([one?.publicKey, signature]).toEqual([other?.publicKey, same]);
        const publicKey = one?.publicKey ?? new Uint8Array();
        const edited = Uint8Array.from(signature ?? [], (byte, index) => (index === at ? byte ^ bits : byte));
        for (const { verifyEd25519 } of [nodeSigning, webSigning]) {
          expect(await verifyEd25519(publicKey, edited, message)).toBe(bits === 0);
          expect(await verifyEd25519(publicKey.slice(1), edited, message)).toBe(false);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('verify nothing by 32 bytes that are no point of the curve', async () => {
    const noPoint = Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? 2 : 0));
    for (const { verifyEd25519 } of [nodeSigning, webSigning]) {
      expect(await verifyEd25519(noPoint, new Uint8Array(64), new Uint8Array())).toBe(false);
    }
  });

  it('have the same exports', () => {
    expect(Object.keys(webSigning).sort()).toEqual(Object.keys(nodeSigning).sort());
  });
});

describe('the built package', () => {
  it('runs in Node with its own hashing, and in a bundle for browsers without a module of Node', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'audit-integrity-'));
    try {
      const scope = join(directory, 'node_modules', '@audit', 'integrity');
      await promisify(execFile)(process.execPath, [tsup, '--out-dir', join(scope, 'dist')], { cwd: root });
      await writeFile(join(scope, 'package.json'), await readFile(join(root, 'package.json')));
      await symlink(join(root, 'node_modules'), join(scope, 'node_modules'));
      await writeFile(join(directory, 'program.mjs'), program);

      const run = `console.log((await import(${JSON.stringify(pathToFileURL(join(directory, 'program.mjs')).href)})).root)`;
      const inNode = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', run]);
      expect(inNode.stdout.trim()).toBe(expected);

      const bundle = await bundleForBrowsers(join(directory, 'program.mjs'), directory);
      expect(bundle).not.toMatch(/['"]node:|createHash\(/);
      const inBrowser = await import(`data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`);
      expect(inBrowser.root).toBe(expected);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is bundled for browsers from its sources, too', async () => {
    const bundle = await bundleForBrowsers(join(root, 'src', 'index.ts'), root, [
      '@audit/source',
      'browser',
      'module',
    ]);
    expect(bundle).not.toMatch(/['"]node:|createHash\(/);
    const { leafHash } = await import(
      `data:text/javascript;base64,${Buffer.from(bundle).toString('base64')}`
    );
    expect(leafHash('')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
  });
});

async function bundleForBrowsers(entry: string, directory: string, conditions?: string[]): Promise<string> {
  const output = await buildPage({
    root: directory,
    configFile: false,
    logLevel: 'silent',
    ...(conditions === undefined ? {} : { resolve: { conditions } }),
    build: { write: false, minify: false, lib: { entry, formats: ['es'] } },
  });
  const [result] = [output].flat();
  if (result === undefined || !('output' in result)) throw new Error('nothing was bundled');
  return result.output.map((part) => ('code' in part ? part.code : '')).join('');
}
