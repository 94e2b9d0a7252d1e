import { nodeSpoolFiles, type SpoolFiles } from '@audit/spool';
import type { Random } from './random.ts';

/** Options of {@link createFailingFiles}. */
export interface FailingFilesOptions {
  readonly random: Random;
  /** Share of the calls with which a fault begins, from 0 to 1. */
  readonly share: number;
  /** Told of every call that fails. */
  readonly onFault: (kind: string) => void;
}

/** A disk that is full, or fails, every now and then. */
export interface FailingFiles {
  readonly files: SpoolFiles;
  /** Lets calls fail from now on. */
  arm(): void;
  /** Lets no call fail any more. */
  heal(): void;
}

type Call = keyof SpoolFiles;
type DiskFault = 'ENOSPC' | 'EIO';

// What needs no new block does not fail for want of room.
const needsNoRoom: ReadonlySet<Call> = new Set([
  'readSync',
  'read',
  'fstatSync',
  'statSync',
  'readdirSync',
  'unlinkSync',
  'unlink',
]);
const neverFails: ReadonlySet<Call> = new Set(['closeSync', 'close']);
const callsPerFaultMax = 30;

/** Creates a disk that works until it is armed. A fault lasts for some calls, as a full disk does. */
export function createFailingFiles({ random, share, onFault }: FailingFilesOptions): FailingFiles {
  let isArmed = false;
  let fault: DiskFault = 'EIO';
  let failingCalls = 0;
  const faultOf = (call: Call): DiskFault | undefined => {
    if (!isArmed || neverFails.has(call)) return undefined;
    if (failingCalls === 0 && random.chance(share)) {
      fault = random.pick(['ENOSPC', 'EIO']);
      failingCalls = random.integer(1, callsPerFaultMax);
    }
    if (failingCalls === 0 || (fault === 'ENOSPC' && needsNoRoom.has(call))) return undefined;
    failingCalls -= 1;
    onFault(`${fault} ${call}`);
    return fault;
  };
  const { writeSync } = nodeSpoolFiles;
  const overrides = {
    writeSync(descriptor: number, bytes: Uint8Array, offset: number, length: number) {
      const found = faultOf('writeSync');
      if (found === undefined) return writeSync(descriptor, bytes, offset, length);
      // A disk that becomes full takes a part first.
      if (length < 2 || random.chance(0.5)) throw diskError(found, 'writeSync');
      return writeSync(descriptor, bytes, offset, length >> 1);
    },
  };
  const failing = Object.entries(nodeSpoolFiles).map(([name, call]) => {
    const failOrCall = (...parameters: unknown[]) => {
      // The names of an object of this type.
      const found = faultOf(name as Call);
      if (found === undefined) return Reflect.apply(call, nodeSpoolFiles, parameters);
      const error = diskError(found, name);
      if (name.endsWith('Sync')) throw error;
      return Promise.reject(error);
    };
    return [name, failOrCall];
  });
  return {
    // Every call of the interface, with its parameters and its result.
    files: { ...Object.fromEntries(failing), ...overrides } as SpoolFiles,
    arm() {
      isArmed = true;
    },
    heal() {
      isArmed = false;
    },
  };
}

function diskError(code: DiskFault, call: string): Error {
  const text = code === 'EIO' ? 'i/o error' : 'no space left on device';
  return Object.assign(new Error(`${code}: ${text}, ${call}`), { code, syscall: call });
}
