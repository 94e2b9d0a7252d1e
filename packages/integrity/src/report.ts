/**
 * What a verification comes to.
 *
 * - `proven`: everything holds, up to a checkpoint that a trusted key signed and enough trusted witnesses cosigned
 * - `consistent_unwitnessed`: the same without the witnesses, so the log could have shown others another tree
 * - `cannot_check`: nothing contradicts, but what would prove it is missing; the checks say what
 * - `broken`: something contradicts; `failure` says what, and where first
 */
export type Verdict = 'proven' | 'consistent_unwitnessed' | 'cannot_check' | 'broken';

/**
 * Why a verification failed.
 *
 * Records and their order: `malformed_record` (not a record's line), `line_too_long`, `wrong_log` (another log's record),
 * `sequence_gap` (records are missing before this one), `sequence_repeated` (it came before, or stands too early),
 * `record_changed` (its bytes have another hash than the log holds), `chain_broken` (it does not follow the record before
 * it in its correlation), `duplicate_event_id`, `records_missing` (the end is cut off), `records_surplus` (beyond the end),
 * `purge_unfounded` (no event tells of the purge that is said to have emptied it).
 *
 * Tree: `malformed_proof` (wrong number or form of hashes), `root_mismatch`, `size_decreased`, `index_out_of_range`.
 *
 * Notes: `malformed_note`, `malformed_checkpoint`, `no_known_signature`, `signature_invalid`, `wrong_origin`,
 * `key_out_of_period` (the key was not in use at that size).
 *
 * Packs: `malformed_line`, `unknown_format`, `pack_truncated` (no signature at the end), `content_after_end`,
 * `digest_mismatch` (signed other lines), `hashes_mismatch` (the pack's list of hashes is not the log's),
 * `count_mismatch`, `outside_population`, `not_chosen` (in a sample, but not what the seed gives), `not_closed` (the
 * record said to close the correlation does not), `disclosure_mismatch` (a value the record does not vouch for).
 */
export type ReasonCode =
  | 'malformed_record'
  | 'line_too_long'
  | 'wrong_log'
  | 'sequence_gap'
  | 'sequence_repeated'
  | 'record_changed'
  | 'chain_broken'
  | 'duplicate_event_id'
  | 'records_missing'
  | 'records_surplus'
  | 'purge_unfounded'
  | 'malformed_proof'
  | 'root_mismatch'
  | 'size_decreased'
  | 'index_out_of_range'
  | 'malformed_note'
  | 'malformed_checkpoint'
  | 'no_known_signature'
  | 'signature_invalid'
  | 'wrong_origin'
  | 'key_out_of_period'
  | 'malformed_line'
  | 'unknown_format'
  | 'pack_truncated'
  | 'content_after_end'
  | 'digest_mismatch'
  | 'hashes_mismatch'
  | 'count_mismatch'
  | 'outside_population'
  | 'not_chosen'
  | 'not_closed'
  | 'disclosure_mismatch';

/** The first thing that does not hold. */
export interface Failure {
  readonly code: ReasonCode;
  /** What it is about, in words. */
  readonly message: string;
  /** Position in the log of the first record that is affected, where that is known. */
  readonly sequence?: number | undefined;
  /** Line of the file, from 1, where there is one. */
  readonly line?: number | undefined;
}

/** One statement that a verification looked at. */
export interface Check {
  readonly statement: string;
  readonly outcome: 'holds' | 'fails' | 'not_checked';
}

/** What every verification returns, each with more members of its own. */
export interface Report {
  readonly verdict: Verdict;
  /** What was checked, and what was not, in words. */
  readonly checks: readonly Check[];
  /** There when the verdict is `broken`. */
  readonly failure?: Failure | undefined;
}

/** Writes a failure without members that are unknown. */
export function failureAt(
  code: ReasonCode,
  message: string,
  { sequence, line }: Pick<Failure, 'sequence' | 'line'> = {},
): Failure {
  const at = { ...(sequence === undefined ? {} : { sequence }), ...(line === undefined ? {} : { line }) };
  return { code, message, ...at };
}

/** The report of a verification of one statement. */
export function reportOne(statement: string, failure: Failure | undefined): Report {
  return failure === undefined
    ? { verdict: 'proven', checks: [{ statement, outcome: 'holds' }] }
    : { verdict: 'broken', checks: [{ statement, outcome: 'fails' }], failure };
}
