import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Checkpoint, keyTextsOf, parseVerifier, type Trust, verifyCheckpoint } from '@audit/integrity';
import { writeFileWhole } from '../exports/write-file-whole.ts';
import { readIfThere } from '../read-if-there.ts';

/** What is remembered of a log. */
export interface Recollection {
  /** Newest checkpoint of each key, as it was signed. */
  readonly checkpoints: readonly Checkpoint[];
  /** Files that hold something else than a checkpoint of their key. */
  readonly damaged: readonly string[];
}

/** Reads the checkpoints that were remembered for the keys of a log. */
export async function recallCheckpoints(stateDirectory: string, trust: Trust): Promise<Recollection> {
  const checkpoints: Checkpoint[] = [];
  const damaged: string[] = [];
  for (const key of keyTextsOf(trust)) {
    const file = checkpointFile(stateDirectory, key);
    const note = readIfThere(file);
    if (note === undefined) continue;
    // Its signature tells whether the file is what was remembered.
    const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [key] });
    if (checkpoint !== undefined && failure === undefined) checkpoints.push(checkpoint);
    else damaged.push(file);
  }
  return { checkpoints, damaged };
}

/** Remembers the newest checkpoint of a log, for each of its keys that signed it. */
export async function rememberCheckpoint(stateDirectory: string, note: string, trust: Trust): Promise<void> {
  for (const key of keyTextsOf(trust)) {
    const { checkpoint, failure } = await verifyCheckpoint(note, { keys: [key] });
    if (checkpoint === undefined || failure !== undefined) continue;
    const file = checkpointFile(stateDirectory, key);
    // Another process may have seen a newer one meanwhile.
    const [known] = (await recallCheckpoints(stateDirectory, { keys: [key] })).checkpoints;
    if (known !== undefined && known.size > checkpoint.size) continue;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFileWhole(file, [new TextEncoder().encode(note)]);
  }
}

/** The directory in which what belongs to a log and its key is kept. */
export function logDirectory(stateDirectory: string, key: string): string {
  const { id, name } = parseVerifier(key);
  return join(stateDirectory, 'logs', encodeURIComponent(`${name}+${id}`));
}

function checkpointFile(stateDirectory: string, key: string): string {
  return join(logDirectory(stateDirectory, key), 'checkpoint');
}
