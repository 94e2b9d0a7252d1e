import { readFileSync } from 'node:fs';
import type { SpecDocument } from '@audit/codegen/spec-document';
import { parse } from 'yaml';

const specs = new URL('../../../specs/', import.meta.url);

/** The file of the contract that is read. */
export const contractUrl: URL = new URL('data-storage-v1.yaml', specs);

/** Reads the contract of this repository. */
export function readContract(): SpecDocument {
  // The bundle is our own file, checked by the linter: its shape is the one declared in SpecDocument.
  return parse(readFileSync(contractUrl, 'utf8')) as SpecDocument;
}

/** Reads the valid example of an event type, as it is written. */
export function readExample(type: string): string {
  return readFileSync(new URL(`examples/${type}.valid.json`, specs), 'utf8').trim();
}
