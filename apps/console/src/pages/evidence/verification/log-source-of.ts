import { type LogKeyPeriod, type LogSource, safeParseKeyList } from '@audit/integrity';
import { askServer, type ServerAccess } from './ask-server.ts';
import { Refusal } from './refusal.ts';

/** The log of the server. Its questions throw a {@link Refusal} when no answer comes. */
export function logSourceOf(access: ServerAccess): LogSource {
  const textOf = async (path: string) => (await askServer(path, access)).text();
  const checkpoint = () => textOf('/checkpoint');
  return {
    checkpoint,
    witnessedCheckpoint: async () => (await unlessMissing(textOf('/checkpoint/witnessed'))) ?? checkpoint(),
    consistencyProof: async (from, to) => {
      const text = await unlessMissing(textOf(`/api/v1/audit/proofs/consistency?from=${from}&to=${to}`));
      return text === undefined ? undefined : readProof(text);
    },
  };
}

/**
 * Asks which keys the server says the log has. They are no reason to trust them.
 * @throws {Refusal}
 */
export async function requestLogKeys(access: ServerAccess): Promise<readonly LogKeyPeriod[]> {
  const response = await askServer('/api/v1/audit/log-keys', access);
  const keys = safeParseKeyList(await response.text());
  if (keys !== undefined && keys.length > 0) return keys;
  throw new Refusal(response.status, 'The server listed no keys of its log.');
}

// The question was right, so 400 and 404 say that the server has no such thing.
async function unlessMissing(answer: Promise<string>): Promise<string | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal && (error.status === 404 || error.status === 400)) return undefined;
    throw error;
  }
}

function readProof(text: string): readonly string[] {
  const proof: unknown = JSON.parse(text);
  const path =
    typeof proof === 'object' && proof !== null && 'consistency_path' in proof ? proof.consistency_path : [];
  // What is no hash is refused by whoever verifies the proof.
  return Array.isArray(path) ? path.map(String) : [];
}
