import { type NoteVerifier, parseVerifier } from '@audit/integrity';

/** A witness that is asked to cosign the log's checkpoints (C2SP tlog-witness). */
export interface Witness {
  /** Prefix of its submission path, without a slash at the end. */
  readonly url: string;
  readonly verifier: NoteVerifier;
}

/** How a witness is written. */
export const witnessForm = 'url=<submission prefix>,key=<verifier key>';

/** Reads a witness; undefined when the text is none. */
export function parseWitness(text: string): Witness | undefined {
  const [, url = '', key = ''] = /^url=(https?:\/\/[^\s,]+),key=(\S+)$/.exec(text) ?? [];
  if (!URL.canParse(url)) return undefined;
  try {
    const verifier = parseVerifier(key);
    return verifier.kind === 'cosignature' ? { url: url.replace(/\/+$/, ''), verifier } : undefined;
  } catch {
    // The caller says what form was expected.
    return undefined;
  }
}
