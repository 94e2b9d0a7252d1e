export { createMemoryTransport } from './memory-transport.ts';

export type { MemoryTransport, MemoryTransportOptions, ScriptedAnswer } from './memory-transport.ts';
