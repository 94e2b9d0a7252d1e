import {
  close,
  closeSync,
  fdatasync,
  fstatSync,
  fsync,
  ftruncateSync,
  mkdirSync,
  open,
  openSync,
  type PathLike,
  read,
  readdirSync,
  readSync,
  rename,
  renameSync,
  statSync,
  unlink,
  unlinkSync,
  write,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';

/**
 * The calls a spool makes on the file system, and no others. Tests replace single ones, to see what a full or failing
 * disk does: `{ ...nodeSpoolFiles, writeSync: () => { throw error } }`.
 */
export interface SpoolFiles {
  openSync(path: string, flags: string, mode?: number): number;
  closeSync(descriptor: number): void;
  /** Writes at the end of what is opened for appending; may write less than asked. */
  writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number): number;
  readSync(descriptor: number, bytes: Uint8Array, offset: number, length: number, position: number): number;
  ftruncateSync(descriptor: number, length: number): void;
  /** Size in bytes. */
  fstatSync(descriptor: number): { readonly size: number };
  statSync(path: string): { readonly size: number; readonly mtimeMs: number };
  /** Returns the first directory that it had to make. */
  mkdirSync(path: string, options: { readonly recursive: true; readonly mode: number }): string | undefined;
  readdirSync(path: string): string[];
  renameSync(from: string, to: string): void;
  unlinkSync(path: string): void;
  open(path: string, flags: string, mode?: number): Promise<number>;
  close(descriptor: number): Promise<void>;
  read(
    descriptor: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<number>;
  /** May write less than asked. */
  write(
    descriptor: number,
    bytes: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<number>;
  fsync(descriptor: number): Promise<void>;
  fdatasync(descriptor: number): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

const openDescriptor = promisify(open) as (path: PathLike, flags: string, mode?: number) => Promise<number>;
const readBytes = promisify(read);
const writeBytes = promisify(write);

/** The file system of the operating system. */
export const nodeSpoolFiles: SpoolFiles = {
  openSync,
  closeSync,
  writeSync,
  readSync,
  ftruncateSync,
  fstatSync,
  statSync,
  mkdirSync,
  readdirSync: (path) => readdirSync(path),
  renameSync,
  unlinkSync,
  open: openDescriptor,
  close: promisify(close),
  read: async (descriptor, bytes, offset, length, position) =>
    (await readBytes(descriptor, bytes, offset, length, position)).bytesRead,
  write: async (descriptor, bytes, offset, length, position) =>
    (await writeBytes(descriptor, bytes, offset, length, position)).bytesWritten,
  fsync: promisify(fsync),
  fdatasync: promisify(fdatasync),
  rename: promisify(rename),
  unlink: promisify(unlink),
};
