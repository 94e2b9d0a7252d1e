import { readFileSync } from 'node:fs';
import {
  isIntegrityError,
  type LogKeyPeriod,
  type NoteKeyKind,
  parseVerifier,
  safeParseKeyList,
} from '@audit/integrity';
import { CommandFailure } from '../command-failure.ts';

const keyForm = /^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]+=*$/;

/**
 * Reads keys of the log from the command line: each is a key, a file with one on a line, or a file as the server answers
 * `GET /api/v1/audit/log-keys`.
 * @throws {CommandFailure} `usage`
 */
export function readLogKeys(given: readonly string[]): LogKeyPeriod[] {
  return distinct(given.flatMap((text) => keysOf(text, '--key', 'ed25519')));
}

/**
 * Reads keys of witnesses, each a key or a file with one on a line.
 * @throws {CommandFailure} `usage`
 */
export function readWitnessKeys(given: readonly string[]): string[] {
  return distinct(given.flatMap((text) => keysOf(text, '--witness', 'cosignature'))).map(({ key }) => key);
}

/** Whether a text is a public key of a log. */
export function isLogKey(key: string): boolean {
  try {
    return parseVerifier(key).kind === 'ed25519';
  } catch (error) {
    if (isIntegrityError(error)) return false;
    throw error;
  }
}

function keysOf(text: string, option: string, kind: NoteKeyKind): LogKeyPeriod[] {
  const keys = keyForm.test(text) ? [{ key: text }] : keysInFile(text, option);
  if (keys.length === 0) throw new CommandFailure('usage', `${option}: there is no key in ${text}`);
  for (const { key } of keys) requireKind(key, option, kind);
  return keys;
}

function keysInFile(file: string, option: string): LogKeyPeriod[] {
  const text = readText(file, option);
  if (text.trimStart().startsWith('{')) return keysInAnswer(text, file, option);
  const lines = text.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '' && !line.startsWith('#')).map((key) => ({ key }));
}

function keysInAnswer(text: string, file: string, option: string): LogKeyPeriod[] {
  const keys = safeParseKeyList(text);
  if (keys !== undefined) return keys;
  throw new CommandFailure('usage', `${option}: ${file} is no list of keys`);
}

function readText(file: string, option: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const expected = 'expected a key (name+id+base64) or a file with keys';
    throw new CommandFailure('usage', `${option}: ${expected}, received ${file}`, { cause: error });
  }
}

function requireKind(key: string, option: string, kind: NoteKeyKind): void {
  try {
    if (parseVerifier(key).kind === kind) return;
  } catch (error) {
    if (!isIntegrityError(error)) throw error;
    throw new CommandFailure('usage', `${option}: ${error.message}`, { cause: error });
  }
  const other = kind === 'ed25519' ? 'a witness, give it as --witness' : 'a log, give it as --key';
  throw new CommandFailure('usage', `${option}: ${key} is the key of ${other}`);
}

function distinct(keys: readonly LogKeyPeriod[]): LogKeyPeriod[] {
  return [...new Map(keys.map((period) => [period.key, period])).values()];
}
