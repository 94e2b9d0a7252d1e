/**
 * Where a log is served, by whatever way it is asked. What it answers is believed only when it verifies. Whoever makes one
 * decides what is thrown when no answer comes.
 */
export interface LogSource {
  /** The newest checkpoint, a signed note. */
  readonly checkpoint: () => Promise<string>;
  /** The newest checkpoint that a witness cosigned; that of {@link checkpoint} when none has. */
  readonly witnessedCheckpoint: () => Promise<string>;
  /** Hashes of the proof that the tree of one size is the beginning of that of another; undefined when there is none. */
  readonly consistencyProof: (from: number, to: number) => Promise<readonly string[] | undefined>;
}
