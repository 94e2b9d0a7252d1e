import { generateKey } from '@audit/integrity';

/** Makes a key that signs a log of that name: the secret part goes to stdout and nowhere else, the public one to stderr. */
export async function printSigningKey(origin: string): Promise<void> {
  const { signerKey, verifierKey } = await generateKey(origin);
  process.stderr.write(
    'The key below signs the log and is kept nowhere. Its public part, for whoever verifies the log:\n' +
      `${verifierKey}\n`,
  );
  process.stdout.write(`${signerKey}\n`);
}
