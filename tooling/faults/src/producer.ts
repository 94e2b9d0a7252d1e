// The program of a producer process. It is killed at any moment and started again with the same ledger and spool root.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AuditClient,
  createAuditClient,
  type OwnSpoolOptions,
  type RejectedEmission,
  type SpoolOptions,
} from '@audit/client';
import { openFileSpool, type SpoolDamage } from '@audit/spool';
import { createFailingFiles } from './failing-files.ts';
import { createJumpingClock, type JumpingClock } from './jumping-clock.ts';
import { Ledger } from './ledger.ts';
import { type ProducerReport, type ProducerSettings, spoolDirectory } from './producer-settings.ts';
import { createRandom } from './random.ts';
import { eventIdOf, identityOf, sampleEvent } from './sample-event.ts';

// Long runs leave more to deliver, and a run that cannot deliver says so by itself.
const closeTimeoutMsMin = 30_000;
const eventsPerClockJump = 250;

// Only the harness starts this program, with the settings as it writes them.
const settings = JSON.parse(process.argv[2] ?? '') as ProducerSettings;
const random = createRandom(settings.seed, `producer ${settings.producer} life ${settings.life}`);
const ledger = new Ledger(settings.ledgerPath);
const clock = createJumpingClock(random);
const client = openClient(clock);
// Written at an orderly end otherwise, which a producer seldom has.
flushCompileCache();
const mayFinish = once(process.stdin.resume(), 'end');
process.on('warning', (warning) => ledger.noteWrong(`process warning: ${warning.message}`));

const emittedNow = await emitAll(client);
await mayFinish;
const report = await finish(client, emittedNow);
process.stdout.write(JSON.stringify(report));

function openClient(clock: JumpingClock): AuditClient {
  const { url, batchEventsMax, requestTimeoutMs } = settings;
  return createAuditClient({
    url,
    token: () => readFileSync(settings.tokenPath, 'utf8'),
    batchEventsMax,
    requestTimeoutMs,
    lingerMs: 50,
    backoffMinMs: 10,
    backoffMaxMs: 200,
    clock,
    onDeadLetter: ({ key }) => ledger.die(identityOf(key)?.counter ?? -1),
    ...spoolOptions(),
  });
}

function spoolOptions(): SpoolOptions | OwnSpoolOptions {
  const { spoolRoot, durability, diskFaultShare, segmentBytes } = settings;
  if (durability === 'memory') return { durability };
  if (segmentBytes === undefined) return { durability, spoolRoot };
  const disk = createFailingFiles({
    random,
    share: diskFaultShare,
    onFault: (kind) => ledger.noteFault(kind),
  });
  const spool = openFileSpool({
    directory: spoolDirectory(settings),
    segmentBytes,
    files: disk.files,
    onDamage: noteDamage,
  });
  disk.arm();
  process.stdin.once('end', () => disk.heal());
  return { spool };
}

// A disk that refuses to write destroys nothing that it took.
function noteDamage({ kind, entries, path }: SpoolDamage): void {
  ledger.noteFault(`found damaged ${kind}`);
  if (entries > 0 && settings.diskFaultShare > 0)
    ledger.noteWrong(`${entries} entries reported as damaged (${kind}) in ${basename(path)}, none was`);
}

/** Emits what earlier lives have left to emit; returns how many events that were. */
async function emitAll(client: AuditClient): Promise<number> {
  const firstCounter = ledger.nextCounter;
  let counter = firstCounter;
  let owed = 0;
  let beforeMs = performance.now();
  while (counter < settings.events) {
    await sleep(random.chance(0.02) ? random.integer(100, 400) : random.integer(1, 40));
    owed += ((performance.now() - beforeMs) / 1_000) * settings.eventsPerSecond;
    beforeMs = performance.now();
    const burst = Math.min(Math.floor(owed * random.fraction() * 1.5), settings.events - counter);
    owed -= burst;
    for (const end = counter + burst; counter < end; counter += 1) emitOne(client, counter);
    checkEquation(client, counter - firstCounter);
  }
  return counter - firstCounter;
}

function emitOne(client: AuditClient, counter: number): void {
  if (settings.clockJumps && counter % eventsPerClockJump === 0) jumpClock();
  const identity = { producer: settings.producer, counter };
  const event = sampleEvent(identity);
  ledger.intend(counter);
  const outcome = client.emit(event);
  if (outcome.status === 'accepted') {
    ledger.accept(counter);
    if (outcome.eventId !== eventIdOf(identity))
      ledger.noteWrong(`event ${counter} got id ${outcome.eventId}`);
  } else if (outcome.status === 'rejected') ledger.reject(counter, rejectionOf(outcome));
}

function jumpClock(): void {
  clock.jump();
  ledger.noteFault('clock jump');
}

function rejectionOf({ error, reason }: RejectedEmission): string {
  const cause = error?.cause;
  return cause instanceof Error && 'code' in cause ? `${reason} by ${cause.code}` : reason;
}

function checkEquation(client: AuditClient, emittedNow: number): void {
  const metrics = client.metrics();
  const { emitted, recovered, acknowledged, spooled, dead, rejected } = metrics;
  const isConserved = emitted === acknowledged + spooled + dead + rejected;
  if (!isConserved || emitted !== recovered + emittedNow)
    ledger.noteWrong(`metrics after ${emittedNow} events: ${JSON.stringify(metrics)}`);
}

async function finish(client: AuditClient, emittedNow: number): Promise<ProducerReport> {
  await client.close({ closeTimeoutMs: Math.max(closeTimeoutMsMin, settings.events * 3) });
  checkEquation(client, emittedNow);
  const metrics = client.metrics();
  if (metrics.spooled !== 0) ledger.noteWrong(`${metrics.spooled} events spooled after close`);
  return metrics;
}
