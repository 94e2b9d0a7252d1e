import { execFileSync, spawnSync } from 'node:child_process';
import { root } from './repository.ts';

// Checks that what is generated from the contract is committed as it is generated. Generates in place: what remains
// different afterwards is what a commit lacks.

const generated = [
  'packages/schema/src/generated',
  'apps/server/src/generated',
  'specs/data-storage-v1.yaml',
  'specs/reference',
  'packages/*/README.md',
];

const { status } = spawnSync(process.execPath, ['tooling/codegen/src/generate.ts'], {
  cwd: root,
  stdio: 'inherit',
});
// The generator has said what is wrong.
if (status !== 0) process.exit(status ?? 1);

const differences = execFileSync('git', ['status', '--porcelain', '--', ...generated], {
  cwd: root,
  encoding: 'utf8',
});
if (differences !== '') {
  process.stderr.write(`These generated files are not committed as they are generated:

${differences}
Run \`npx -y pnpm@12 generate\` and commit the result. To change them, change specs/data-storage-v1/ or tooling/codegen/.
`);
  process.exitCode = 1;
}
