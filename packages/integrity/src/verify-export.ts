import { type CheckpointReport, type Trust, verifyCheckpoint } from './checkpoint.ts';
import { LogVerifier } from './log-verifier.ts';
import type { LogVerifierOptions } from './log-verifier-options.ts';
import type { RelationsFound } from './record-relations.ts';
import { type Check, type Failure, failureAt, type Report } from './report.ts';

/** Pieces of a file, cut anywhere. */
export type Pieces = Iterable<Uint8Array | string> | AsyncIterable<Uint8Array | string>;

/** Settings of {@link verifyExport}. */
export interface VerifyExportOptions extends Omit<LogVerifierOptions, 'size'> {
  /** Signed checkpoint of the log; left out, only density and chains are checked. */
  readonly checkpoint?: string;
  /** Whom to believe; default nobody. */
  readonly trust?: Trust;
}

/** What {@link verifyExport} found. */
export interface ExportReport extends Report {
  /** Records read, purged ones included. */
  readonly records: number;
  readonly purged: number;
  /** Values of personal data that stand beside their records. */
  readonly disclosures: number;
  readonly correlations: number;
  /** Records whose predecessor is not among those read. */
  readonly unlinked: number;
  readonly checkpoint?: CheckpointReport | undefined;
  /** Parents that never came, when `relations` was asked for. */
  readonly unknownParents?: RelationsFound['unknownParents'] | undefined;
}

/**
 * Verifies an export file, one record a line, of a whole log or of a stretch of it, against a checkpoint. Only a whole log
 * has the checkpoint's root; of a stretch, density and chains are checked and the verdict is `cannot_check`.
 */
export async function verifyExport(pieces: Pieces, options: VerifyExportOptions = {}): Promise<ExportReport> {
  const { checkpoint: note, trust = { keys: [] }, ...settings } = options;
  const checkpoint = note === undefined ? undefined : await verifyCheckpoint(note, trust);
  const size = checkpoint?.checkpoint?.size;
  const verifier = new LogVerifier(size === undefined ? settings : { ...settings, size });
  if (checkpoint?.failure === undefined) await readAll(pieces, verifier);
  return exportReport(verifier, checkpoint);
}

async function readAll(pieces: Pieces, verifier: LogVerifier): Promise<void> {
  for await (const piece of pieces) if (verifier.push(piece) !== undefined) return;
  verifier.end();
}

/** Judges what a verifier read by a checkpoint that was verified. */
export function exportReport(verifier: LogVerifier, checkpoint?: CheckpointReport): ExportReport {
  const stated = checkpoint?.checkpoint;
  const read = checkpoint?.failure ?? verifier.failure;
  const tree =
    read === undefined && stated !== undefined && isAsLongAs(verifier, stated.size) ? stated : undefined;
  const failure = read ?? (tree === undefined ? undefined : treeFailure(verifier, tree));
  const verified = tree === undefined ? undefined : checkpoint?.verdict;
  const { records, purged, disclosures, correlations, unlinked } = verifier;
  return {
    verdict: failure === undefined ? (verified ?? 'cannot_check') : 'broken',
    checks: [
      ...(checkpoint?.checks ?? []),
      ...recordChecks(verifier),
      ...disclosureChecks(verifier),
      {
        statement: 'the records are the whole log that the checkpoint states',
        outcome: tree === undefined ? 'not_checked' : outcomeOf(failure),
      },
    ],
    records,
    purged,
    disclosures,
    correlations,
    unlinked,
    checkpoint,
    unknownParents: verifier.relations?.unknownParents,
    failure,
  };
}

/** Whether the records should be the whole log of a size: a stretch of it has no root. */
function isAsLongAs({ isWhole, expectedEnd }: LogVerifier, size: number): boolean {
  return isWhole && (expectedEnd === undefined || expectedEnd >= size);
}

function recordChecks(verifier: LogVerifier): Check[] {
  const { failure, records, purged, correlations, selection, unlinked } = verifier;
  const outcome = outcomeOf(failure);
  if (selection === 'some') {
    return [
      { statement: `${records} records stand in the order of the log (${purged} of them purged)`, outcome },
      { statement: 'each record follows the one before it in its correlation', outcome: 'not_checked' },
    ];
  }
  const chains = {
    statement: `the chains of ${correlations} correlations are unbroken (${unlinked} records have a predecessor that is not at hand)`,
    outcome,
  };
  if (selection === 'correlations') {
    return [
      { statement: `${records} records stand in the order of the log (${purged} of them purged)`, outcome },
      chains,
    ];
  }
  return [
    { statement: `${records} records follow each other without a gap (${purged} of them purged)`, outcome },
    chains,
  ];
}

function disclosureChecks({ disclosures, failure }: LogVerifier): Check[] {
  if (disclosures === 0) return [];
  return [
    { statement: `the records vouch for the ${disclosures} disclosed values`, outcome: outcomeOf(failure) },
  ];
}

function outcomeOf(failure: Failure | undefined): Check['outcome'] {
  return failure === undefined ? 'holds' : 'fails';
}

function treeFailure(
  verifier: LogVerifier,
  { size, root }: { readonly size: number; readonly root: string },
): Failure | undefined {
  const { frontier } = verifier;
  if (frontier.size < size) {
    const message = `the log has ${size} records, and only ${frontier.size} are here`;
    return failureAt('records_missing', message, { sequence: frontier.size });
  }
  const found = frontier.root();
  if (found === root) return verifier.endLog();
  return failureAt(
    'root_mismatch',
    `the records have root ${found}, the log has ${root}: some record was changed, and no later one of its correlation says which`,
  );
}
