import { cpus } from 'node:os';
import { measureConsole } from './console.ts';
import { measureEmit } from './emit.ts';
import { measureGrowth } from './growth.ts';
import { measureIngest } from './ingest.ts';
import { measureLag } from './lag.ts';
import { measureQueries } from './queries.ts';
import { measureSingles } from './singles.ts';
import { formatTable } from './table.ts';
import { measureVerify } from './verify.ts';
import { measureVerifyLog } from './verify-log.ts';

const parts: Record<string, () => Promise<string>> = {
  emit: async () => formatTable('emit, one event', await measureEmit()),
  ingest: async () => formatTable('ingest', await measureIngest()),
  lag: async () => formatTable('checkpoint lag', await measureLag()),
  singles: async () => formatTable('singles', await measureSingles()),
  queries: async () => formatTable('queries', await measureQueries()),
  growth: async () => formatTable('growth', await measureGrowth()),
  verify: async () => formatTable('verify, one record', await measureVerify()),
  console: async () => formatTable('console', await measureConsole()),
  log: async () => formatTable('verify, a whole log', await measureVerifyLog()),
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `bench: there is no ${unknown.join(', ')}: choose from ${Object.keys(parts).join(', ')}\n`,
  );
  process.exit(2);
}

process.stdout.write(
  `Node ${process.version}, ${cpus().length} cores. Compare the ratios, not the figures.\n`,
);
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`\n${await measure()}\n`);
}
