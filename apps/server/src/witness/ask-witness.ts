import type { Witness } from './parse-witness.ts';

/** A checkpoint and the proof that it continues what the witness has seen. */
export interface WitnessRequest {
  readonly checkpoint: string;
  /** Size that the proof begins at. */
  readonly oldSize: number;
  /** Lower-case hex. */
  readonly proof: readonly string[];
}

/** What a witness said. */
export type WitnessAnswer =
  | { readonly outcome: 'cosigned'; readonly signatures: string }
  /** It has seen another size than the proof begins at. */
  | { readonly outcome: 'seen'; readonly size: number };

const timeoutMs = 10_000;

/**
 * Asks a witness to cosign a checkpoint (C2SP tlog-witness, "add-checkpoint").
 * @throws {Error} when it refuses or cannot be reached
 */
export async function askWitness({ url }: Witness, request: WitnessRequest): Promise<WitnessAnswer> {
  const hashes = request.proof.map((hash) => `${Buffer.from(hash, 'hex').toString('base64')}\n`);
  const response = await fetch(`${url}/add-checkpoint`, {
    method: 'POST',
    body: `old ${request.oldSize}\n${hashes.join('')}\n${request.checkpoint}`,
    redirect: 'error',
    signal: AbortSignal.timeout(timeoutMs),
  });
  const text = await response.text();
  if (response.status === 200) return { outcome: 'cosigned', signatures: text };
  const size = /^(\d{1,16})\n$/.exec(text)?.[1];
  if (response.status === 409 && size !== undefined) return { outcome: 'seen', size: Number(size) };
  throw new Error(`the witness ${url} answers ${response.status}`);
}
