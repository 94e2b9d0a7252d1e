/**
 * Which correlation each event of the sample log belongs to, and where the service's own events lie. Tamperings and what
 * has to be found of them name positions of it.
 */
export const layout = {
  /** Size at which a backup was made, after the key was changed. */
  olderSize: 290,
  /** Everything but the event of the export that an auditor took. */
  size: 320,
  /** Records of a partition, which any but a test has many more of. */
  partitionWidth: 64,
  /** Days that records are kept that say nothing else. */
  promisedDays: 2_555,
  held: 40,
  secondHold: 41,
  release: 42,
  purge: 43,
  erasure: 44,
  rotation: 260,
  /** Records that do no more than fill a tile; nobody verifies their chain. */
  bulk: { begin: 60, end: 250 },
  /** The only record of its correlation. */
  single: 300,
  /** Records whose retention is over at the time of the purge. */
  purged: [3, 8, 13, 18, 23, 28, 33, 38],
} as const;

const early = ['rr-a', 'rr-b', 'rr-user', 'rr-old', 'rr-held'] as const;
const late = ['rr-a', 'rr-b', 'rr-c'] as const;

/** Correlation of the producers' event at a position. */
export function correlationAt(sequence: number): string {
  if (sequence === layout.single) return 'rr-single';
  if (sequence >= layout.bulk.begin && sequence < layout.bulk.end) return 'rr-bulk';
  const names = sequence < layout.held ? early : late;
  return names[sequence % names.length] ?? '';
}

/** Correlations that an auditor has verified: those of the producers, and some of the service's own events. */
export const correlations: readonly string[] = [
  ...early,
  'rr-c',
  'rr-single',
  'retention:default',
  'signing-key:default',
];
