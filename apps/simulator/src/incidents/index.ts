export { badRelease } from './bad-release.ts';
export { certificateExpiring } from './certificate-expiring.ts';
export { diskPressure } from './disk-pressure.ts';
export { nodeLost } from './node-lost.ts';
export { outOfMemory } from './out-of-memory.ts';
