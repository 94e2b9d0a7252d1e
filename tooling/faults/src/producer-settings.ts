import { join } from 'node:path';
import type { ClientMetrics } from '@audit/client';

/** What a producer process is told on its command line. */
export interface ProducerSettings {
  readonly seed: number;
  readonly producer: number;
  /** Which life of this producer it is, from 1. */
  readonly life: number;
  /** Address of the proxy. */
  readonly url: string;
  /** File that holds the valid token. */
  readonly tokenPath: string;
  readonly ledgerPath: string;
  readonly spoolRoot: string;
  /** Events to emit over all lives. */
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly batchEventsMax: number;
  readonly requestTimeoutMs: number;
  readonly durability: 'process' | 'memory';
  /** Whether the clock that the client gets jumps by hours. */
  readonly clockJumps: boolean;
  /** Bytes of a segment, for a producer that opens its spool itself; absent when the client opens it. */
  readonly segmentBytes?: number | undefined;
  /** Share of the spool's calls to the disk that fail. */
  readonly diskFaultShare: number;
}

/** What a producer prints when it ends in order. */
export type ProducerReport = ClientMetrics;

/** Directory of a spool that the producer opens itself, so that it is known to whoever damages it. */
export function spoolDirectory({
  producer,
  spoolRoot,
}: Pick<ProducerSettings, 'producer' | 'spoolRoot'>): string {
  return join(spoolRoot, String(producer));
}
