export type { MemoryTransport, MemoryTransportOptions, ScriptedAnswer } from './memory-transport.ts';
export { createMemoryTransport } from './memory-transport.ts';
