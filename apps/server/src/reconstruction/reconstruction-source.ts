/** Where a member of a rebuilt object comes from. */
export type ReconstructionSource = {
  /** Path of the member in the object. */
  readonly target: readonly string[];
} & (
  | {
      /** Paths in the event; the first that is there is taken. */
      readonly members: readonly (readonly string[])[];
      /** Words that became other ones. */
      readonly renamed: Readonly<Record<string, string>>;
    }
  | {
      /** A word that is always the same. */
      readonly value: string;
    }
);
