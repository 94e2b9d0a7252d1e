import { isDeepStrictEqual } from 'node:util';
import { ChainCheck } from './check-chain.ts';
import type { Damage } from './damage-spool.ts';
import { EventTally, type Mark } from './event-tally.ts';
import { Findings } from './findings.ts';
import { judgeEvent } from './judge-event.ts';
import { readLedger } from './ledger.ts';
import { readSpools } from './read-spools.ts';
import { eventIdOf, type Identity, identityOf, isPoison, sampleEvent } from './sample-event.ts';
import { readStoredRecords, type StoredRecord } from './stored-records.ts';

/** What a run leaves behind. */
export interface Evidence {
  readonly producers: number;
  readonly eventsPerProducer: number;
  readonly ledgerPath: (producer: number) => string;
  readonly spoolRoot: string;
  readonly databaseUrl: string;
  /** What the server says of itself when its own spool still holds something. */
  readonly keptBack?: string;
  /** How often the server ended although nobody killed it. */
  readonly serverOwnEnds: number;
  /** Whether anything was done for which an event may be rejected. */
  readonly mayReject: boolean;
  /** What the harness did to spools; only events hit by it may be missing. */
  readonly damages: readonly Damage[];
}

/** What became of the events. */
export interface Verdict {
  readonly counts: Readonly<Record<Mark | 'lost' | 'doubled', number>>;
  /** Reasons of rejected events. */
  readonly rejections: ReadonlyMap<string, number>;
  /** Faults injected inside the producers. */
  readonly producerFaults: ReadonlyMap<string, number>;
  /** One line for each kind of thing that must never be; empty when the promise held. */
  readonly findings: readonly string[];
}

/** Compares what producers were promised with what is stored, dead and spooled. */
export async function checkRun(evidence: Evidence): Promise<Verdict> {
  const check = new RunCheck(evidence);
  check.readLedgers();
  await check.readSpools();
  await check.readRecords();
  return check.verdict();
}

class RunCheck {
  readonly #evidence: Evidence;
  readonly #findings = new Findings();
  readonly #tallies: readonly EventTally[];
  readonly #rejections = new Map<string, number>();
  readonly #producerFaults = new Map<string, number>();

  constructor(evidence: Evidence) {
    this.#evidence = evidence;
    this.#tallies = Array.from(
      { length: evidence.producers },
      () => new EventTally(evidence.eventsPerProducer),
    );
  }

  readLedgers(): void {
    this.#tallies.forEach((tally, producer) => {
      readLedger(this.#evidence.ledgerPath(producer), {
        intended: (counter) => tally.add(counter, 'intended'),
        accepted: (counter) => tally.add(counter, 'accepted'),
        rejected: (counter, reason) => {
          tally.add(counter, 'rejected');
          increment(this.#rejections, reason);
        },
        died: (counter) => tally.add(counter, 'dead'),
        fault: (kind) => increment(this.#producerFaults, kind),
        wrong: (text) => this.#findings.add('seen by a producer', text),
      });
    });
  }

  async readSpools(): Promise<void> {
    for await (const { kind, eventId } of readSpools(this.#evidence.spoolRoot)) this.#mark(eventId, kind);
    for (const { changed, removed } of this.#evidence.damages) {
      for (const eventId of changed) this.#mark(eventId, 'damaged');
      for (const eventId of removed) this.#mark(eventId, 'removed');
    }
  }

  async readRecords(): Promise<void> {
    const chain = new ChainCheck(this.#findings);
    for await (const record of readStoredRecords(this.#evidence.databaseUrl)) {
      chain.add(record);
      if (!this.#mark(record.eventId, 'stored')) this.#findings.add('doubled', record.eventId);
      this.#compare(record);
    }
  }

  verdict(): Verdict {
    const { keptBack, serverOwnEnds } = this.#evidence;
    if (keptBack !== undefined) this.#findings.add('server that keeps something back', keptBack);
    if (serverOwnEnds > 0) this.#findings.add('server that ended by itself', `${serverOwnEnds} times`);
    this.#tallies.forEach((tally, producer) => {
      for (let counter = 0; counter < tally.length; counter += 1) this.#judge(tally, { producer, counter });
    });
    const count = (mark: Mark) => this.#tallies.reduce((sum, tally) => sum + tally.count(mark), 0);
    return {
      counts: {
        intended: count('intended'),
        accepted: count('accepted'),
        rejected: count('rejected'),
        stored: count('stored'),
        dead: count('dead'),
        spooled: count('spooled'),
        damaged: count('damaged'),
        removed: count('removed'),
        quarantined: count('quarantined'),
        lost: this.#findings.count('lost'),
        doubled: this.#findings.count('doubled'),
      },
      rejections: this.#rejections,
      producerFaults: this.#producerFaults,
      findings: this.#findings.lines(),
    };
  }

  #mark(eventId: string, mark: Mark): boolean {
    const identity = identityOf(eventId);
    const tally = this.#tallies[identity?.producer ?? -1];
    if (identity !== undefined && tally !== undefined) return tally.add(identity.counter, mark);
    this.#findings.add('event that nobody emitted', eventId);
    return true;
  }

  #compare({ eventId, members }: StoredRecord): void {
    const identity = identityOf(eventId);
    if (identity === undefined) return;
    const sent = sampleEvent(identity);
    const isSame =
      members.event_id === eventId &&
      members.correlation_id === sent.correlation_id &&
      members.event_timestamp === sent.event_timestamp &&
      isDeepStrictEqual(members.event_data, sent.event_data);
    if (!isSame) this.#findings.add('stored with other content', eventId);
  }

  #judge(tally: EventTally, identity: Identity): void {
    const { mayReject } = this.#evidence;
    const is = (mark: Mark) => tally.has(identity.counter, mark);
    const wrong = judgeEvent({ is, isPoison: isPoison(identity.counter), mayReject });
    for (const kind of wrong) this.#findings.add(kind, eventIdOf(identity));
  }
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
