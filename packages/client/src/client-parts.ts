import type { AuditError } from '@audit/schema';
import type { Spool } from '@audit/spool';
import { BackgroundSync } from './background-sync.ts';
import { BatchLimits } from './batch-limits.ts';
import { BatchSender } from './batch-sender.ts';
import { Burials } from './burials.ts';
import { callListener, warn } from './call-listener.ts';
import type { AuditClientOptions, DeliveryOptions } from './client-options.ts';
import { type Clock, systemClock } from './clock.ts';
import { Counters } from './counters.ts';
import { DeliveryLoop } from './delivery-loop.ts';
import { Emitter } from './emitter.ts';
import { createHttpTransport } from './http-transport.ts';
import { openSpool } from './open-spool.ts';
import { OrphanAdoption } from './orphan-adoption.ts';
import { type DeliveryNumbers, resolveNumbers } from './resolve-options.ts';
import { ServerRequests } from './server-requests.ts';
import type { AuditTransport } from './transport.ts';

/** What a client is made of. */
export interface ClientParts {
  readonly spool: Spool;
  readonly counters: Counters;
  readonly emitter: Emitter;
  readonly loop: DeliveryLoop;
  /** Only with durability `disk`. */
  readonly sync: BackgroundSync | undefined;
  /** Only with a spool on disk that the client opened. */
  readonly adoption: OrphanAdoption | undefined;
}

/** Makes the parts of a client, and starts to deliver what an earlier process left. */
export function assembleClient(options: AuditClientOptions): ClientParts {
  // What can be wrong with the options is found before a directory is made.
  const numbers = resolveNumbers(options);
  const transport = options.transport ?? createHttpTransport(options);
  const { clock = systemClock, activeSpan } = options;
  const { spool, isSynced, neighbours } = openSpool(options);
  const counters = new Counters();
  const statistics = spool.statistics();
  counters.recover(statistics.entries + statistics.damagedEntries + statistics.tornAppends);
  counters.settle(statistics);

  const core = { spool, counters, clock };
  const loop = createLoop({ ...core, options, numbers, transport });
  const onFailure = spoolFailureListener(options);
  const sync = isSynced ? new BackgroundSync(spool, onFailure) : undefined;
  const onAccepted = () => {
    loop.schedule();
    sync?.start();
  };
  const isIdle = () => loop.state === 'idle' && counters.spooled === 0;
  const adoption =
    neighbours && new OrphanAdoption({ ...core, ...neighbours, isIdle, onAccepted, onFailure });
  if (counters.spooled > 0) loop.schedule();
  adoption?.start();
  return { spool, counters, loop, sync, adoption, emitter: new Emitter({ ...core, activeSpan, onAccepted }) };
}

interface LoopParts {
  readonly spool: Spool;
  readonly counters: Counters;
  readonly clock: Clock;
  readonly options: DeliveryOptions;
  readonly numbers: DeliveryNumbers;
  readonly transport: AuditTransport;
}

function createLoop({ options, numbers, transport, ...core }: LoopParts): DeliveryLoop {
  const { onDeadLetter, onStateChange, random = Math.random } = options;
  const sender = new BatchSender({
    ...core,
    requests: new ServerRequests({ ...core, transport, timeoutMs: numbers.requestTimeoutMs }),
    burials: new Burials({
      ...core,
      onDeadLetter: (deadLetter) => callListener('onDeadLetter', () => onDeadLetter?.(deadLetter)),
    }),
    limits: new BatchLimits({ entriesMax: numbers.batchEventsMax, bytesMax: numbers.batchBytesMax }),
  });
  return new DeliveryLoop({
    ...core,
    ...numbers,
    sender,
    random,
    onStateChange: (state, failure) => callListener('onStateChange', () => onStateChange?.(state, failure)),
  });
}

function spoolFailureListener({ onSpoolFailure }: DeliveryOptions): (failure: AuditError) => void {
  if (onSpoolFailure === undefined) return (failure) => warn(failure.message);
  return (failure) => callListener('onSpoolFailure', () => onSpoolFailure(failure));
}
