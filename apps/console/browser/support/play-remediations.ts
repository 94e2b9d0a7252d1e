import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const simulator = fileURLToPath(new URL('../../../simulator/dist/main.js', import.meta.url));

/** Fills the log of a server with the same remediations each time, all ended by now: success, failure, approval and rejection. */
export async function playRemediations(url: string, remediations = 12): Promise<void> {
  const options = ['--url', url, '--seed', 'console', '--remediations', String(remediations)];
  await promisify(execFile)(process.execPath, [simulator, ...options]);
}
