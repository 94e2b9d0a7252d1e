import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Environment of processes that are started again and again from sources: it halves what a start costs. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'audit-faults-compile-cache') };
