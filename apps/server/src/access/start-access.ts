import type { FastifyBaseLogger } from 'fastify';
import { principalOf } from '../http/principal.ts';
import type { ReadingNotes } from '../http/reading-notes.ts';
import type { AccessOptions } from '../http/require-access.ts';
import type { AccessControl } from './access-control.ts';
import { AccessRecorder, type AccessRecorderOptions } from './access-recorder.ts';
import { type RecordPolicyOptions, recordPolicy } from './record-policy.ts';
import { TokenBuckets } from './token-buckets.ts';

/** How the server is told who may call what. */
export interface AccessSettings {
  /** The policy file; default none: nobody is asked who he is. */
  readonly policyFile?: string | undefined;
  /** Requests a second that one caller may make in the long run, twice as many at once; default no bound. */
  readonly requestsPerSecondMax?: number | undefined;
  /** Time in which refusals and reads that are alike are one event, in milliseconds; default one minute. */
  readonly windowMs?: number;
}

/** Who may call what, and what becomes of it in the log. */
export interface Access {
  /** What the routes ask. */
  readonly http: AccessOptions & ReadingNotes;
  /** Reads the policy file again; a wrong one is logged, and the old policy stays. Ends when the change is on record. */
  reload(): Promise<void>;
  /** Stores the events that wait to be stored. */
  close(): Promise<void>;
}

/** What {@link startAccess} needs. */
export interface AccessParts extends AccessRecorderOptions, RecordPolicyOptions {
  readonly control: AccessControl;
  readonly settings: AccessSettings;
}

/**
 * Puts a policy in force, and begins to tell of it, of refusals and of reads in the log. Without a policy there is nothing
 * to tell: everybody is `anonymous`, and on loopback.
 */
export function startAccess(parts: AccessParts): Access {
  const { control, logger, now, settings } = parts;
  const { requestsPerSecondMax: perSecond, windowMs } = settings;
  const recorder = new AccessRecorder(windowMs === undefined ? parts : { ...parts, windowMs });
  const teller = tellOfPolicy(control, parts);
  void teller.tell();
  return {
    http: {
      authenticate: (credentials) => control.authenticate(credentials),
      rateLimit: perSecond === undefined ? undefined : new TokenBuckets({ perSecond, now }),
      noteRefusal(refusal) {
        if (control.policy !== undefined) recorder.noteRefusal(refusal);
      },
      noteReading(request, reading) {
        const { rule } = request.routeOptions.config;
        if (control.policy === undefined || rule === undefined) return;
        recorder.noteReading({ principal: principalOf(request), operation: rule.operation, ...reading });
      },
    },
    async reload() {
      await reloadPolicy(control, logger);
      await teller.tell();
    },
    async close() {
      await teller.close();
      await recorder.close();
    },
  };
}

async function reloadPolicy(control: AccessControl, logger: FastifyBaseLogger): Promise<void> {
  try {
    const hasChanged = await control.reload();
    logger.info({ hasChanged, sha256: control.policy?.sha256 }, 'access policy read again');
  } catch (error) {
    logger.error({ err: error }, 'the access policy is wrong; the one before stays in force');
  }
}

const tellAgainMs = 10_000;

// A database that is away must not keep the server from starting: what is to be told is told when it is back.
function tellOfPolicy(control: AccessControl, parts: AccessParts) {
  let timer: NodeJS.Timeout | undefined;
  let telling: Promise<void> = Promise.resolve();
  const tell = (): Promise<void> => {
    clearTimeout(timer);
    telling = telling
      .then(() => recordPolicy(control.policy, parts))
      .catch((error: unknown) => {
        parts.logger.warn({ err: error }, 'the access policy in force is not on record yet');
        timer = setTimeout(tell, tellAgainMs).unref();
      });
    return telling;
  };
  return {
    tell,
    async close() {
      await telling;
      clearTimeout(timer);
    },
  };
}
