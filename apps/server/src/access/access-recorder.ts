import {
  type AccessRefusedInput,
  accessRefused,
  type Principal,
  type RecordsReadInput,
  recordsRead,
} from '@audit/datastorage/server';
import type { EventDraft } from '@audit/schema';
import type { FastifyBaseLogger } from 'fastify';
import type { OwnEventWriter } from '../own-events/own-event-writer.ts';
import { isPassingError } from '../store/store-errors.ts';
import { type Coalesced, CoalescedRequests, type CountedAs } from './coalesced-requests.ts';

/** Options of {@link AccessRecorder}. */
export interface AccessRecorderOptions {
  readonly ownEvents: OwnEventWriter;
  readonly logId: string;
  readonly logger: FastifyBaseLogger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Time in which requests that are alike are one event, in milliseconds; default one minute. */
  readonly windowMs?: number;
}

/** A refused request. */
export type Refusal = Pick<AccessRefusedInput, 'caller' | 'operation' | 'reason'>;

/** A request that read records. */
export interface Reading extends Pick<RecordsReadInput, 'principal' | 'operation' | 'filter'> {
  /** Number of records in the answer. */
  readonly records: number;
}

type Told = ({ readonly kind: 'refused' } & Refusal) | ({ readonly kind: 'read' } & Omit<Reading, 'records'>);

const windowMsDefault = 60_000;
const entriesMax = 1_000;
// Who is refused for want of a token costs nothing to invent: they must not crowd the log.
const strangersMax = 50;
const several: Principal = { id: 'several' };

/**
 * Turns refusals and reads into events, in the background: no request waits for them or fails with them. Requests that
 * are alike within a minute are one event, so that reading these events adds at most one a minute for each reader.
 */
export class AccessRecorder {
  readonly #options: AccessRecorderOptions;
  readonly #known = new CoalescedRequests<Told>();
  readonly #strangers = new CoalescedRequests<Told>();
  #timer: NodeJS.Timeout | undefined;
  #flush: Promise<void> = Promise.resolve();

  constructor(options: AccessRecorderOptions) {
    this.#options = options;
  }

  /** Notes that a request was refused. */
  noteRefusal(refusal: Refusal): void {
    const about: Told = { kind: 'refused', ...refusal };
    const isStranger = 'peer' in refusal.caller;
    const rest: Told = { ...about, caller: isStranger ? { peer: several.id } : several };
    if (isStranger) this.#note(this.#strangers, [{ about, entriesMax: strangersMax }, { about: rest }]);
    else this.#note(this.#known, [{ about, entriesMax }, { about: rest }]);
  }

  /** Notes that records were read. */
  noteReading({ records, filter, ...reading }: Reading): void {
    const whole: Told = { kind: 'read', ...reading };
    const about: Told = { ...whole, ...(filter !== undefined && { filter }) };
    const choices = [
      { about, entriesMax },
      { about: whole, entriesMax: 2 * entriesMax },
      { about: { ...whole, principal: several } },
    ];
    this.#note(this.#known, choices, records);
  }

  /** Stores what was noted; what cannot be stored is kept and tried again with the next. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flush = this.#flush.then(() => this.#store());
    return this.#flush;
  }

  /** Stores what was noted, or says in the log that it is lost. */
  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
    const events = this.#known.clear() + this.#strangers.clear();
    if (events > 0) this.#options.logger.error({ events }, 'access events are lost');
  }

  #note(counted: CoalescedRequests<Told>, choices: readonly CountedAs<Told>[], records = 0): void {
    counted.add(choices, records, this.#options.now());
    this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => void this.flush(), this.#options.windowMs ?? windowMsDefault).unref();
  }

  async #store(): Promise<void> {
    for (const counted of [this.#known, this.#strangers]) {
      await counted.handOut((requests) => this.#tell(requests.map((each) => this.#draftOf(each))));
    }
  }

  async #tell(drafts: readonly EventDraft[]): Promise<'told' | 'later'> {
    try {
      await this.#options.ownEvents.recordAll(drafts);
      return 'told';
    } catch (error) {
      const isPassing = isPassingError(error);
      const message = isPassing ? 'access events cannot be stored now' : 'access events are lost';
      this.#options.logger.error({ err: error, events: drafts.length }, message);
      if (!isPassing) return 'told';
      this.#schedule();
      return 'later';
    }
  }

  #draftOf({ about, firstAt, lastAt, records, requests }: Coalesced<Told>): EventDraft {
    const counts = {
      logId: this.#options.logId,
      requests,
      firstAt: new Date(firstAt).toISOString(),
      lastAt: new Date(lastAt).toISOString(),
    };
    return about.kind === 'read'
      ? recordsRead({ ...about, ...counts, records })
      : accessRefused({ ...about, ...counts });
  }
}
