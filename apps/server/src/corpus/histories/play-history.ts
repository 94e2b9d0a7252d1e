import { verifyCheckpoint } from '@audit/integrity';
import { pino } from 'pino';
import type { Database } from '../../store/database.ts';
import { days, stoppedAt } from '../../test-support/clock.ts';
import { sampleEvent } from '../../test-support/sample-events.ts';
import { signingKeyFile } from '../../test-support/signing-key.ts';
import type { TestWitness } from '../../test-support/test-witness.ts';
import { readLogKeys } from '../../tree/log-key-store.ts';
import { Cosigner } from '../../witness/cosigner.ts';
import { AnswerError } from '../ask-server.ts';
import { type OpenServer, openServer } from '../open-server.ts';
import { purgeLog } from './purge-log.ts';
import type { Step, StoredEvent } from './steps.ts';
import { ToldLog } from './told-log.ts';

/** A log that a history is played on. */
export interface PlayedLog {
  readonly told: ToldLog;
  /** One of the servers that run, another each time when there are two. */
  server(): OpenServer;
  /** Does everything but `verify`. */
  take(step: Exclude<Step, { kind: 'verify' }>): Promise<void>;
  close(): Promise<void>;
}

/** Options of {@link openHistory}. */
export interface HistoryOptions {
  readonly database: Database;
  readonly logId: string;
  readonly witness: TestWitness;
  /** Tells the witness which key the log has. */
  readonly trustKey: (key: string) => void;
}

type Event = ReturnType<typeof sampleEvent>;

const batch = '/api/v1/audit/events/batch';
const hold = '/api/v1/audit/legal-hold';

/** Opens a new log with a key, a clock and a server of its own. */
export async function openHistory({
  database,
  logId,
  witness,
  trustKey,
}: HistoryOptions): Promise<PlayedLog> {
  const clock = stoppedAt('2018-01-01T00:00:00Z');
  const { now } = clock;
  const file = signingKeyFile();
  const told = new ToldLog();
  const stored: Event[] = [];
  let turn = 0;
  let isErased = false;
  let seen: TestWitness['seen'] = { size: 0, root: '' };
  const open = (rotate = false) => openServer(database, { logId, now, signingKey: { file, rotate } });
  let servers = [await open()];
  const closeAll = async () => void (await Promise.all(servers.map((server) => server.close())));

  function server(): OpenServer {
    turn += 1;
    const next = servers[turn % servers.length];
    if (next === undefined) throw new Error('no server runs');
    return next;
  }

  async function store(events: readonly StoredEvent[]): Promise<void> {
    const sent = events.map(({ correlation, text, lateness, person, ownDays }) => {
      const happened = clock.time + lateness;
      const kept = days(ownDays ?? 2_555);
      told.store({ correlation, expiresAt: Math.max(happened, clock.time) + kept });
      return sampleEvent({
        correlation_id: correlation,
        resource_id: text,
        event_timestamp: new Date(happened).toISOString(),
        retention_days: ownDays,
        ...(person !== null && { actor_type: 'user', actor_id: `${person}@example.com` }),
      });
    });
    stored.push(...sent);
    await server().post(batch, sent);
  }

  async function storeAgain(count: number): Promise<void> {
    // What was purged or erased cannot be compared any more and is refused.
    const again = told.purged === 0 && !isErased ? stored.slice(-count) : [];
    if (again.length > 0) await server().post(batch, again);
  }

  async function placeHold(correlation: string): Promise<void> {
    await server().post(hold, { correlation_id: correlation, reason: 'Litigation.' });
    told.hold(correlation);
  }

  async function releaseHold(correlation: string): Promise<void> {
    await server().post(`${hold}/${correlation}`, { release_reason: 'Settled.' }, 'DELETE');
    told.release(correlation);
  }

  async function erase(person: string, despite_hold: boolean): Promise<void> {
    const subject = `${person}@example.com`;
    const request = { subject, reason: 'Asked.', despite_hold };
    await server().post('/api/v1/audit/personal-data/erase', request);
    isErased = true;
  }

  async function reopen(rotate: boolean): Promise<void> {
    await closeAll();
    servers = [await open(rotate)];
  }

  async function cosign(): Promise<void> {
    const keys = await readLogKeys(database, logId);
    trustKey(keys.at(-1)?.key ?? '');
    witness.seen = seen;
    const logger = pino({ level: 'silent' });
    await new Cosigner({ database, logId, logger, witnesses: [witness.witness] }).cosign();
    seen = witness.seen;
    const trust = { keys, witnesses: [witness.witness.verifier.text] };
    const { verdict } = await verifyCheckpoint(await server().text('/checkpoint/witnessed'), trust);
    if (verdict !== 'proven') throw new Error(`the witness refused: ${verdict}`);
  }

  async function take(step: Exclude<Step, { kind: 'verify' }>): Promise<void> {
    switch (step.kind) {
      case 'store':
        return store(step.events);
      case 'storeAgain':
        return storeAgain(step.count);
      case 'hold':
        return unlessRefused(() => placeHold(step.correlation));
      case 'release':
        return unlessRefused(() => releaseHold(step.correlation));
      case 'purge':
        clock.time += days(step.days);
        told.purge(clock.time);
        return purgeLog({ database, logId, file, now });
      case 'erase':
        return unlessRefused(() => erase(step.person, step.despiteHold));
      case 'rotate':
        return reopen(true);
      case 'restart':
        return reopen(false);
      case 'secondServer':
        if (servers.length === 1) servers.push(await open());
        return;
      case 'cosign':
        return cosign();
    }
  }

  return {
    told,
    server,
    take,
    close: closeAll,
  };
}

/** Nothing to hold, held already, nothing to erase: the server says so, and nothing happens. */
async function unlessRefused(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AnswerError && /^answers (404|409)$/.test(error.answer))) throw error;
  }
}
