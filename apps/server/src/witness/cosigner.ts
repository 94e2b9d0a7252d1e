import { formatNote, proveConsistency, safeParseNote, verifyCheckpoint } from '@audit/integrity';
import type { FastifyBaseLogger } from 'fastify';
import type { Database } from '../store/database.ts';
import { type LogKey, readLogKeys } from '../tree/log-key-store.ts';
import { readNewestCheckpoint, type StoredCheckpoint } from '../tree/log-proofs.ts';
import { TileStore } from '../tree/tile-store.ts';
import { Turns } from '../turns.ts';
import { askWitness, type WitnessAnswer } from './ask-witness.ts';
import { addCosignature, readCosignatures } from './cosignature-store.ts';
import type { Witness } from './parse-witness.ts';

/** Options of {@link Cosigner}. */
export interface CosignerOptions {
  readonly database: Database;
  readonly logId: string;
  readonly logger: FastifyBaseLogger;
  readonly witnesses: readonly Witness[];
  /** Longest time from a commit to the question, in milliseconds; default one second. */
  readonly intervalMs?: number;
}

/** Has the newest checkpoint cosigned by witnesses, soon after the log has grown. Writing never waits for it. */
export class Cosigner {
  readonly #options: CosignerOptions;
  readonly #turns = new Turns();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CosignerOptions) {
    this.#options = options;
  }

  /** Says that the log has grown. */
  wake(): void {
    if (this.#options.witnesses.length === 0) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.cosign();
    }, this.#options.intervalMs ?? 1_000).unref();
  }

  /** Asks every witness about the newest checkpoint; those that fail are asked again when the log has grown. */
  cosign(): Promise<void> {
    const { database, logId, logger, witnesses } = this.#options;
    if (witnesses.length === 0) return Promise.resolve();
    return this.#turns.take(async () => {
      try {
        const checkpoint = await readNewestCheckpoint(database, logId);
        await Promise.all(witnesses.map((witness) => this.#askAndReport(witness, checkpoint)));
      } catch (error) {
        logger.error({ err: error }, 'the checkpoint to cosign could not be read');
      }
    });
  }

  /** Ends when what is under way has ended. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#turns.take(async () => {});
  }

  async #askAndReport(witness: Witness, checkpoint: StoredCheckpoint): Promise<void> {
    try {
      await this.#ask(witness, checkpoint);
    } catch (error) {
      this.#options.logger.warn(
        { err: error, witness: witness.url },
        'a witness did not cosign the checkpoint',
      );
    }
  }

  async #ask(witness: Witness, checkpoint: StoredCheckpoint): Promise<void> {
    const { database, logId } = this.#options;
    const witnessKey = witness.verifier.text;
    const known = (await readCosignatures(database, logId)).find((each) => each.witnessKey === witnessKey);
    if (known?.checkpoint === checkpoint.note) return;
    const first = await this.#submit(witness, checkpoint, known?.size ?? 0);
    // It knows another size than this server remembers: the answer to that is final.
    const answer = first.outcome === 'seen' ? await this.#submit(witness, checkpoint, first.size) : first;
    if (answer.outcome === 'seen') throw new Error(`the witness has seen size ${answer.size} meanwhile`);
    const { note, size } = checkpoint;
    const keys = await readLogKeys(database, logId);
    const signature = await signatureOf(witness, { checkpoint: note, lines: answer.signatures, keys });
    await addCosignature(database, logId, { witnessKey, size, checkpoint: note, signature });
  }

  async #submit(witness: Witness, checkpoint: StoredCheckpoint, oldSize: number): Promise<WitnessAnswer> {
    const { size, note } = checkpoint;
    if (oldSize > size) {
      throw new Error(
        `the witness has seen ${oldSize} records, the log has ${size}: was an old copy restored?`,
      );
    }
    const readNodes = new TileStore(this.#options.database, this.#options.logId).nodeReader(size);
    const proof = await proveConsistency(oldSize, size, readNodes);
    return askWitness(witness, { checkpoint: note, oldSize, proof });
  }
}

/** The witness's own line, once it verifies. */
async function signatureOf(
  { verifier }: Witness,
  {
    checkpoint,
    lines,
    keys,
  }: { readonly checkpoint: string; readonly lines: string; readonly keys: LogKey[] },
): Promise<string> {
  const note = safeParseNote(checkpoint + lines);
  const own = note?.signatures.find(({ name, id }) => name === verifier.name && id === verifier.id);
  if (note === undefined || own === undefined) throw new Error('the witness answers without its cosignature');
  const unsigned = formatNote({ text: note.text, signatures: [] });
  const signature = formatNote({ text: note.text, signatures: [own] }).slice(unsigned.length);
  const report = await verifyCheckpoint(checkpoint + signature, { keys, witnesses: [verifier.text] });
  if (report.verdict === 'proven') return signature;
  throw new Error('the cosignature of the witness does not verify');
}
