import { signingKeyRotated } from '@audit/datastorage/server';
import { type NoteSigner, signCheckpoint, verifyCheckpoint } from '@audit/integrity';
import { parseEvent } from '@audit/schema';
import { openLog } from '../ingest/log-store.ts';
import type { Submission } from '../ingest/submission.ts';
import { prepareEvent } from '../record/prepare-event.ts';
import { StartRefusedError } from '../start-refused-error.ts';
import type { Database } from '../store/database.ts';
import { StoreUnavailableError } from '../store/store-errors.ts';
import { checkSignedTree, checkStoredLog } from './check-stored-log.ts';
import { EvidenceError } from './evidence-error.ts';
import { foundTree } from './found-tree.ts';
import { addFirstKey, readLogKeys } from './log-key-store.ts';
import { openSigningKey, type SigningKeyOptions } from './signing-key-file.ts';
import { storeTiles } from './store-tiles.ts';
import { readStoredTree } from './stored-tree.ts';
import { keyReplaced, type TreeEnd, type TreeSigner } from './tree-signer.ts';

/** Options of {@link LogTree}. */
export interface LogTreeOptions {
  readonly database: Database;
  readonly logId: string;
  readonly signingKey: SigningKeyOptions;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Stores a submission in the log. */
export type Write = (submission: Submission) => Promise<unknown>;

/** The Merkle tree of a log, as far as its server answers for it: it holds the key and signs. */
export class LogTree implements TreeSigner {
  readonly #options: LogTreeOptions;
  #signer: NoteSigner | undefined;
  #isSettled = false;
  /** Key that signed the log until it is changed. */
  #predecessor: readonly string[] = [];

  constructor(options: LogTreeOptions) {
    this.#options = options;
  }

  /** The key in use: whoever has another one cannot write to the log. */
  get signer(): NoteSigner {
    return this.#opened;
  }

  /** Text of the public key. */
  get key(): string {
    return this.#opened.verifier.text;
  }

  /** Name of the log in its checkpoints. */
  get origin(): string {
    return this.#opened.verifier.name;
  }

  sign({ size, root }: TreeEnd): Promise<string> {
    return signCheckpoint({ origin: this.origin, size, root }, [this.#opened]);
  }

  async recognise({ size, root }: TreeEnd, note: string): Promise<void> {
    const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [this.key, ...this.#predecessor] });
    // A server of another key must not write, whoever brought that key.
    if (failure?.code === 'no_known_signature') throw new StoreUnavailableError(keyReplaced);
    if (failure === undefined && checkpoint?.size === size && checkpoint.root === root) return;
    throw new EvidenceError(
      `log ${this.#options.logId} was changed by somebody who could not sign it: nothing is written to it`,
    );
  }

  /**
   * Creates the log when it is not there yet, checks its end, and changes its key when that was asked for.
   * @param write stores the event of the change; its transaction is signed by this tree
   * @throws {EvidenceError} when what is stored is not what was signed
   */
  async open(write: Write): Promise<void> {
    const { database, logId, signingKey } = this.#options;
    await openLog(database, logId);
    const stored = await readStoredTree(database, logId);
    const before = (await readLogKeys(database, logId)).at(-1);
    if (stored.tree !== undefined && before === undefined) {
      throw new EvidenceError(
        `log ${logId} was changed by somebody who could not sign it: its keys are gone`,
      );
    }
    // A key is changed once, not again whenever the database comes back.
    const rotate = signingKey.rotate === true && !this.#isSettled;
    const { signer, settle } = await openSigningKey({ logId, key: before?.key }, { ...signingKey, rotate });
    this.#signer = signer;
    if (before === undefined) await addFirstKey(database, logId, this.key);
    const current = (await readLogKeys(database, logId)).at(-1);
    if (current === undefined) throw new Error(`log ${logId} has no key`);
    const isFounder = current.key === this.key;
    if (before === undefined && !isFounder) {
      throw new StartRefusedError(
        `log ${logId} was founded at this moment with ${current.key}: give this server that key`,
      );
    }
    if (isFounder) await foundTree(database, logId, this);
    await checkSignedTree(database, logId, current);
    // An older server, or one that was killed, left some to be stored.
    await storeTiles(database, logId);
    await checkStoredLog(database, logId, current);
    this.#predecessor = isFounder ? [] : [current.key];
    if (!isFounder) await write([this.#rotation(current.key)]);
    this.#predecessor = [];
    await settle();
    this.#isSettled = true;
  }

  #rotation(previousKey: string): Submission[number] {
    const { logId, now } = this.#options;
    const draft = signingKeyRotated({ logId, previousKey, newKey: this.key });
    const rotatedAt = new Date(now()).toISOString();
    return prepareEvent(parseEvent({ ...draft, event_timestamp: rotatedAt }), rotatedAt);
  }

  get #opened(): NoteSigner {
    if (this.#signer === undefined) throw new Error(`log ${this.#options.logId} is not open`);
    return this.#signer;
  }
}
