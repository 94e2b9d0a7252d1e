import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressions = [
  { extension: '.br', compress: promisify(brotliCompress) },
  { extension: '.gz', compress: promisify(gzip) },
] as const;

/** Writes every built text file a second and third time, compressed by Brotli and gzip, for the server to send as it is. */
export function precompress(): Plugin {
  let directory = '';
  return {
    name: 'precompress',
    apply: 'build',
    configResolved({ build, root }) {
      directory = join(root, build.outDir);
    },
    async closeBundle() {
      const files = await readdir(directory, { recursive: true });
      const texts = files.filter((file) => /\.(?:css|html|js|svg)$/.test(file));
      await Promise.all(texts.map((file) => compressFile(join(directory, file))));
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  await Promise.all(
    compressions.map(async ({ extension, compress }) => writeFile(file + extension, await compress(bytes))),
  );
}
