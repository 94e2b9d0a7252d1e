/** The tree over all records of a log, at one size. */
export interface TreeEnd {
  /** Number of records. */
  readonly size: number;
  /** Lower-case hex. */
  readonly root: string;
  /** Right edge, as it is stored. */
  readonly frontier: string;
}

/** Signs the trees of a log. */
export interface TreeSigner {
  /** Text of the public key; what is signed is stored only while this is the log's key. */
  readonly key: string;
  /** Writes the signed checkpoint over a tree. */
  sign(tree: TreeEnd): Promise<string>;
}
