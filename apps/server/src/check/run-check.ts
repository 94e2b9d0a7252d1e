import type { ServerSettings } from '../settings.ts';
import { checkDatabase } from './check-database.ts';
import { checkFiles } from './check-files.ts';
import type { Finding } from './finding.ts';

/**
 * Checks what the server needs, starts nothing, and prints a line for each finding, as text or as JSON.
 * @returns 0, or the code that the server would end with for the first finding that fails
 */
export async function runCheck(settings: ServerSettings, json: boolean): Promise<number> {
  const findings = [...(await checkFiles(settings)), ...(await checkDatabase(settings))];
  const write = json ? toJson : toText;
  process.stdout.write(findings.map((finding) => `${write(finding)}\n`).join(''));
  return findings.find(({ exitCode }) => exitCode !== 0)?.exitCode ?? 0;
}

function toText({ check, detail, outcome }: Finding): string {
  return `${outcome.padEnd(7)} ${check.padEnd(14)} ${detail}`;
}

function toJson({ check, detail, outcome }: Finding): string {
  return JSON.stringify({ check, outcome, detail });
}
