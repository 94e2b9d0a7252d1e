import { nodeSpoolFiles, type SpoolFiles } from './spool-files.ts';

/** A file system of which single calls can be made to fail. */
export interface FailingFiles {
  readonly files: SpoolFiles;
  /** Lets every further call of this name fail with this code, until `repair`. */
  fail(call: keyof SpoolFiles, code: string, options?: { readonly path?: RegExp }): void;
  repair(): void;
}

/** Makes such a file system. Calls on open files fail by the path they were opened with. */
export function createFailingFiles(overrides: Partial<SpoolFiles> = {}): FailingFiles {
  const failures = new Map<string, { readonly code: string; readonly path: RegExp }>();
  const paths = new Map<number, string>();
  const base: SpoolFiles = { ...nodeSpoolFiles, ...overrides };

  function check(call: string, subject: unknown): void {
    const failure = failures.get(call);
    const path = typeof subject === 'number' ? (paths.get(subject) ?? '') : String(subject);
    if (failure === undefined || !failure.path.test(path)) return;
    throw Object.assign(new Error(`${failure.code}: ${call} '${path}'`), { code: failure.code });
  }

  const files: SpoolFiles = {
    openSync(path, flags, mode) {
      check('openSync', path);
      const descriptor = base.openSync(path, flags, mode);
      paths.set(descriptor, path);
      return descriptor;
    },
    closeSync: (descriptor) => base.closeSync(descriptor),
    writeSync(...call) {
      check('writeSync', call[0]);
      return base.writeSync(...call);
    },
    readSync(...call) {
      check('readSync', call[0]);
      return base.readSync(...call);
    },
    ftruncateSync(...call) {
      check('ftruncateSync', call[0]);
      base.ftruncateSync(...call);
    },
    fstatSync: (descriptor) => base.fstatSync(descriptor),
    statSync: (path) => base.statSync(path),
    mkdirSync(...call) {
      check('mkdirSync', call[0]);
      return base.mkdirSync(...call);
    },
    readdirSync: (path) => base.readdirSync(path),
    renameSync: (from, to) => base.renameSync(from, to),
    unlinkSync(path) {
      check('unlinkSync', path);
      base.unlinkSync(path);
    },
    async open(path, flags, mode) {
      check('open', path);
      const descriptor = await base.open(path, flags, mode);
      paths.set(descriptor, path);
      return descriptor;
    },
    close: (descriptor) => base.close(descriptor),
    async read(...call) {
      check('read', call[0]);
      return base.read(...call);
    },
    async write(...call) {
      check('write', call[0]);
      return base.write(...call);
    },
    async fsync(descriptor) {
      check('fsync', descriptor);
      await base.fsync(descriptor);
    },
    async fdatasync(descriptor) {
      check('fdatasync', descriptor);
      await base.fdatasync(descriptor);
    },
    async rename(from, to) {
      check('rename', to);
      await base.rename(from, to);
    },
    async unlink(path) {
      check('unlink', path);
      await base.unlink(path);
    },
  };
  return {
    files,
    fail: (call, code, { path = /./ } = {}) => void failures.set(call, { code, path }),
    repair: () => failures.clear(),
  };
}
