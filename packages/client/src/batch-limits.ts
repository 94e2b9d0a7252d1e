import type { PeekLimits } from '@audit/spool';
import { framingBytes } from './batch-body.ts';
import type { ServerLimits } from './transport.ts';

/** How long limits hold, those that the server says and those that a refusal taught: it may have been given more. */
export const limitsMsMax = 3_600_000;
/** How long the client does not ask again when no answer came. */
export const unansweredMs = 60_000;

/** A batch that the server refused for its size. */
export interface RefusedSize {
  readonly limit: 'bytes' | 'events';
  readonly events: number;
  /** Bytes of the whole body. */
  readonly bytes: number;
}

interface Lesson extends RefusedSize {
  readonly atMs: number;
}

/** The most that a batch holds: the lowest of the client's options, what the server says and what refusals taught. */
export class BatchLimits {
  readonly #own: PeekLimits;
  #said: ServerLimits = {};
  #lessons: readonly Lesson[] = [];
  #current: PeekLimits;
  #askAtMs = Number.NEGATIVE_INFINITY;

  /** @param own limits of the client's options */
  constructor(own: PeekLimits) {
    this.#own = own;
    this.#current = own;
  }

  get current(): PeekLimits {
    return this.#current;
  }

  /** Whether the server should be asked before the next batch. */
  isAskDue(nowMs: number): boolean {
    return nowMs >= this.#askAtMs;
  }

  /** Takes over what the server says; undefined when it says nothing. */
  advertise(said: ServerLimits | undefined, nowMs: number): void {
    this.#said = said ?? {};
    this.#askAtMs = nowMs + limitsMsMax;
    this.#lessons = this.#lessons.filter(
      (lesson) => nowMs - lesson.atMs < limitsMsMax && !this.#explains(lesson),
    );
    this.#update();
  }

  /** Notes that the server was asked and did not answer. */
  miss(nowMs: number): void {
    this.#askAtMs = nowMs + unansweredMs;
  }

  /** Goes to half of a refused size, and asks the server again for its limits. */
  learn(refused: RefusedSize, nowMs: number): void {
    const others = this.#lessons.filter(({ limit }) => limit !== refused.limit);
    this.#lessons = [...others, { ...refused, atMs: nowMs }];
    this.#askAtMs = nowMs;
    this.#update();
  }

  // What the server says is exact, half of a refused batch is a guess. A proxy's limit is not in what the server says.
  #explains({ limit, events, bytes }: Lesson): boolean {
    return limit === 'bytes'
      ? (this.#said.bodyBytesMax ?? Number.POSITIVE_INFINITY) < bytes
      : (this.#said.batchEventsMax ?? Number.POSITIVE_INFINITY) < events;
  }

  #update(): void {
    const { batchEventsMax = Number.MAX_SAFE_INTEGER, bodyBytesMax = Number.MAX_SAFE_INTEGER } = this.#said;
    let { entriesMax, bytesMax } = this.#own;
    entriesMax = Math.min(entriesMax, batchEventsMax);
    for (const { limit, events, bytes } of this.#lessons) {
      if (limit === 'events') entriesMax = Math.min(entriesMax, Math.floor(events / 2));
      else bytesMax = Math.min(bytesMax, Math.floor(bytes / 2));
    }
    bytesMax = Math.min(bytesMax, bodyBytesMax - framingBytes(entriesMax));
    this.#current = { entriesMax: Math.max(1, entriesMax), bytesMax: Math.max(1, bytesMax) };
  }
}
