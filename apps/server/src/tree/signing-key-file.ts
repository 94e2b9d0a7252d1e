import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { generateKey, importSigner, isKeyName, type NoteSigner } from '@audit/integrity';
import { StartRefusedError } from '../start-refused-error.ts';

/** Which key a log is to be signed with. */
export interface SigningKeyOptions {
  /** File with the secret key; made when it is not there. */
  readonly file: string;
  /** Name of a new log; default that of the key in the file, else `audit.local/<log id>`. */
  readonly origin?: string | undefined;
  /** Whether another key than the one in use is to sign from now on; default false. */
  readonly rotate?: boolean | undefined;
}

/** A key to sign with. */
export interface SigningKey {
  readonly signer: NoteSigner;
  /** Makes it the key of the file, once the log has taken it. */
  readonly settle: () => Promise<void>;
}

/** The log that a key is for. */
export interface KeyedLog {
  readonly logId: string;
  /** Public key in use; undefined for a new log. */
  readonly key: string | undefined;
}

/**
 * Finds the key to sign a log with: the one in the file, or a new one. A key that is to replace it lies beside it until
 * the log has taken it, so that neither is lost whenever the process dies.
 * @throws {Error} when the log has another key and no change was asked for
 */
export async function openSigningKey(log: KeyedLog, options: SigningKeyOptions): Promise<SigningKey> {
  const { file, rotate = false } = options;
  const next = `${file}.next`;
  const [present, successor] = await Promise.all([readSigningKey(file), readSigningKey(next)]);
  const name = nameOfLog(log, options.origin, present);
  if (log.key === undefined) return inPlace(named(present ?? (await createKey(file, name)), name, file));
  if (successor !== undefined && successor.verifier.text === log.key) return replacing(successor, next, file);
  if (present !== undefined && present.verifier.text === log.key) {
    return rotate ? replacing(successor ?? (await createKey(next, name)), next, file) : inPlace(present);
  }
  if (!rotate) throw new StartRefusedError(refusal(log, file, present));
  return inPlace(named(present ?? (await createKey(file, name)), name, file));
}

function nameOfLog({ logId, key }: KeyedLog, origin: string | undefined, present?: NoteSigner): string {
  if (origin !== undefined && !isKeyName(origin)) {
    throw new StartRefusedError(
      `the log origin ${JSON.stringify(origin)} has a space, a plus or a control character`,
    );
  }
  if (key === undefined) return origin ?? present?.verifier.name ?? `audit.local/${logId}`;
  const name = key.slice(0, key.indexOf('+'));
  if (origin === undefined || origin === name) return name;
  throw new StartRefusedError(
    `log ${logId} is called ${name} in its checkpoints and keeps that name: do not call it ${origin}`,
  );
}

function named(signer: NoteSigner, name: string, file: string): NoteSigner {
  if (signer.verifier.name === name) return signer;
  throw new StartRefusedError(`the key in ${file} is of ${signer.verifier.name}, not of ${name}`);
}

function refusal({ logId, key }: KeyedLog, file: string, present: NoteSigner | undefined): string {
  const found = present === undefined ? 'has no key' : `has ${present.verifier.text}`;
  return (
    `log ${logId} is signed by ${key}, and ${file} ${found}: ` +
    'give this server that key, or start it with --rotate-signing-key'
  );
}

/**
 * Reads the key in a file; undefined when there is no such file.
 * @throws {StartRefusedError} when the file holds something else
 */
export async function readSigningKey(file: string): Promise<NoteSigner | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  return importSigner(text.trim(), 'ed25519').catch((error: unknown) => {
    throw new StartRefusedError(`${file} holds no signing key`, { cause: error });
  });
}

// Written beside and linked into place: the file is never half there, and the first of several processes wins.
async function createKey(file: string, name: string): Promise<NoteSigner> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}.${crypto.randomUUID()}`;
  const { signerKey } = await generateKey(name);
  await writeFile(draft, `${signerKey}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const created = await readSigningKey(file);
  if (created === undefined) throw new StartRefusedError(`${file} was removed while the server started`);
  return created;
}

function inPlace(signer: NoteSigner): SigningKey {
  return { signer, settle: async () => {} };
}

function replacing(signer: NoteSigner, next: string, file: string): SigningKey {
  return { signer, settle: () => rename(next, file) };
}
