export { startWitness } from './start-witness.ts';

export type { Witness } from './start-witness.ts';
