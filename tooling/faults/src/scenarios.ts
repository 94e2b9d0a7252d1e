import type { KillKind } from './victim.ts';

/** What a run is like. */
export interface Scenario {
  readonly producers: number;
  /** Processes of the service over the one PostgreSQL. */
  readonly replicas: number;
  /** Events a second of all producers together. */
  readonly eventsPerSecond: number;
  readonly batchEventsMax: number;
  /** How long producers wait for an answer, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** What is killed at random moments; what stands here twice is killed twice as often. */
  readonly victims: readonly KillKind[];
  /** Requests that go through for each that does not. */
  readonly cleanPerFault: number;
  readonly durability: 'process' | 'memory';
  readonly clockJumps: boolean;
  /** Bytes of a segment, where producers open their spools themselves. */
  readonly segmentBytes?: number;
  /** Share of the spool's calls to the disk that fail. */
  readonly diskFaultShare: number;
  /** Whether the spools of dead producers are damaged. */
  readonly isDamaged: boolean;
  /** Milliseconds that PostgreSQL stays away at least and at most. */
  readonly outageMs: readonly [min: number, max: number];
  /** Whether it stays away until the server has answered 202. */
  readonly untilSpooled: boolean;
}

const kills: Scenario = {
  producers: 3,
  replicas: 1,
  eventsPerSecond: 2_000,
  batchEventsMax: 250,
  requestTimeoutMs: 1_000,
  victims: ['producer', 'server', 'postgresql'],
  cleanPerFault: 6,
  durability: 'process',
  clockJumps: true,
  diskFaultShare: 0,
  isDamaged: false,
  outageMs: [0, 200],
  untilSpooled: false,
};

/** One producer that opens its spool itself, with segments so small that there are many. */
const alone: Scenario = { ...kills, producers: 1, eventsPerSecond: 1_000, segmentBytes: 65_536 };

// A slow machine fills its batches: few requests meet few faults and no outage, however many events there are.
const manyRequests = 50;

/** The scenarios by name. */
export const scenarios = {
  /** Everything is killed, and the way to the server is bad. */
  kills,
  /** Three replicas share the log; every request goes to the next of them, and a repeated one to another. */
  replicas: {
    ...kills,
    replicas: 3,
    batchEventsMax: manyRequests,
    victims: ['server', 'server', 'postgresql'],
  },
  /** The producers' disk is full or fails now and then. */
  'disk-faults': { ...alone, victims: ['producer', 'server'], diskFaultShare: 0.01 },
  /** The spools of killed producers are torn and their bytes flipped before they start again. */
  damage: { ...alone, victims: ['producer'], isDamaged: true },
  /** PostgreSQL is away for seconds, so that the server lives from its own spool. */
  'server-spool': {
    ...kills,
    producers: 1,
    eventsPerSecond: 500,
    batchEventsMax: manyRequests,
    victims: ['server', 'postgresql'],
    // The first request of an outage is answered when the server has given up waiting for the database.
    requestTimeoutMs: 3_000,
    outageMs: [1_000, 4_000],
    untilSpooled: true,
  },
  /** No spool on disk: a kill has to be reported as loss, or the harness could not fail. */
  memory: { ...kills, producers: 1, durability: 'memory', victims: ['producer'] },
} satisfies Record<string, Scenario>;

/** Name of a scenario. */
export type ScenarioName = keyof typeof scenarios;
