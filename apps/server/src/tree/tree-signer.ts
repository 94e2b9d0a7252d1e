/** The tree over all records of a log, at one size. */
export interface TreeEnd {
  /** Number of records. */
  readonly size: number;
  /** Lower-case hex. */
  readonly root: string;
  /** Right edge, as it is stored. */
  readonly frontier: string;
}

/** What a server is told whose key is not the log's any more. */
export const keyReplaced = 'another key signs the log now: give this server that key and start it again';

/** Signs the trees of a log. */
export interface TreeSigner {
  /** Text of the public key; what is signed is stored only while this is the log's key. */
  readonly key: string;
  /** Writes the signed checkpoint over a tree. */
  sign(tree: TreeEnd): Promise<string>;
  /**
   * Checks that a tree is the one of a checkpoint that the log's key signed.
   * @throws {EvidenceError} when it is not
   */
  recognise(tree: TreeEnd, checkpoint: string): Promise<void>;
}
