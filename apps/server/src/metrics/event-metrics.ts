import type { Spool } from '@audit/spool';
import { Counter, type Registry } from 'prom-client';
import type { AcceptedResult, Submission, SubmissionResult } from '../ingest/submission.ts';
import type { SettledEntry, SpoolObserver } from '../outage/spool-observer.ts';
import { addGauge } from './add-gauge.ts';
import { SpoolTally } from './spool-tally.ts';

/**
 * Counts the events that the server answers for. They are counted as accepted where they are taken, as stored where the
 * database confirms (see `CommitMetrics`), as waiting, drained and dead where the spool is: that the counts agree is a
 * finding and not arithmetic.
 */
export class EventMetrics implements SpoolObserver {
  readonly #accepted: Counter;
  readonly #spooled: Counter;
  readonly #drained: Counter;
  readonly #dead: Counter;
  readonly #tallies = new Map<Spool, SpoolTally>();

  constructor(registry: Registry) {
    const registers = [registry];
    this.#accepted = new Counter({
      name: 'datastorage_events_accepted_total',
      help: 'Events that the server took: those it answered for, its own, and those of earlier processes as they leave the spool. accepted = stored + duplicate + drained + waiting + dead whenever nothing is under way; what is missing on the right is lost.',
      registers,
    });
    this.#spooled = new Counter({
      name: 'datastorage_events_spooled_total',
      help: 'Events kept on disk because the database could not be used.',
      registers,
    });
    this.#drained = new Counter({
      name: 'datastorage_events_drained_total',
      help: 'Events that left a spool because the database has them.',
      registers,
    });
    this.#dead = new Counter({
      name: 'datastorage_events_dead_total',
      help: 'Accepted events that can never be stored and became dead letters.',
      registers,
    });
    addGauge(registry, {
      name: 'datastorage_events_waiting',
      help: 'Events that this process spooled and that wait for the database.',
      read: () => this.#waiting(),
    });
  }

  /** Wraps what takes submissions. */
  around<Result extends SubmissionResult | AcceptedResult>(
    submit: (submission: Submission) => Promise<Result>,
  ): (submission: Submission) => Promise<Result> {
    return async (submission) => {
      const result = await submit(submission);
      if (result.outcome === 'stored') this.#accepted.inc(submission.length);
      return result;
    };
  }

  opened(spool: Spool): void {
    this.#tallies.set(spool, new SpoolTally(spool));
  }

  spooled(spool: Spool, events: number): void {
    this.#accepted.inc(events);
    this.#spooled.inc(events);
    this.#tallies.get(spool)?.add(events);
  }

  copied(spool: Spool, sequence: number): void {
    this.#tallies.get(spool)?.copy(sequence);
  }

  settled(spool: Spool, entry: SettledEntry): void {
    const origin = this.#tallies.get(spool)?.settle(entry);
    if (origin === 'copy') return;
    this.#drained.inc(entry.drained);
    this.#dead.inc(entry.dead);
    if (origin === 'earlier') this.#accepted.inc(entry.drained + entry.dead);
  }

  closed(spool: Spool): void {
    this.#tallies.delete(spool);
  }

  #waiting(): number {
    return [...this.#tallies.values()].reduce((sum, tally) => sum + tally.waiting, 0);
  }
}
