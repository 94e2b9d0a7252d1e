import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { repository } from './page-commands.ts';
import { type Manifest, renderChart } from './render-chart.ts';
import { readServerHelp } from './server-help.ts';

const help = readServerHelp();

const files = readdirSync(`${repository}/deploy`, { recursive: true, encoding: 'utf8' })
  .filter((path) => /(Containerfile|\.(md|sh|tpl|yaml))$/.test(path))
  .map((path) => ({ path, text: readFileSync(`${repository}/deploy/${path}`, 'utf8') }));

/** Where a pattern's first group is not one of the known names. */
function unknown(pattern: RegExp, known: ReadonlySet<string>): readonly string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].flatMap(([, name = '']) => (known.has(name) ? [] : [`${path}: ${name}`])),
  );
}

// Read by the command line of auditors, not by the service.
const auditorsVariables = ['AUDIT_TOKEN'];

describe('every setting of the deployment files', () => {
  it('is one that the service has', () => {
    expect(help.variables.size).toBeGreaterThan(20);
    expect(unknown(/\b(AUDIT_[A-Z_]+)\b/g, new Set([...help.variables, ...auditorsVariables]))).toEqual([]);
    expect(unknown(/audit-server(?: [a-z-]+)? (--[a-z-]+)/g, new Set([...help.flags, '--role']))).toEqual([]);
    expect(unknown(/\baudit-server (?!&)([a-z][a-z-]+)(?= |`|$)/gm, help.commands)).toEqual([]);
  });

  it('lies on one port in service, probes, container and Compose', async () => {
    const compose = parse(readFileSync(`${repository}/deploy/compose/compose.yaml`, 'utf8'), { merge: true });
    const { AUDIT_PORT, AUDIT_METRICS_PORT } = compose.services['replica-1'].environment;
    const exposed = files.find(({ path }) => path === 'container/Containerfile')?.text;
    expect(exposed).toContain(`EXPOSE ${AUDIT_PORT} ${AUDIT_METRICS_PORT}\n`);
    const targets = ['replica-1', 'replica-2'].flatMap((name): string[] => compose.services[name].ports);
    expect(targets.map((target) => target.split(':')[1])).toEqual([AUDIT_PORT, AUDIT_PORT]);
    const { env, ports } = container(await renderChart());
    expect(ports).toEqual([
      { name: 'https', containerPort: Number(AUDIT_PORT) },
      { name: 'metrics', containerPort: Number(AUDIT_METRICS_PORT) },
    ]);
    expect(env).toMatchObject({ AUDIT_PORT, AUDIT_METRICS_PORT });
  });

  it('is of the replicas of Compose the same, apart from their spools', () => {
    const { services } = parse(readFileSync(`${repository}/deploy/compose/compose.yaml`, 'utf8'), {
      merge: true,
    });
    const shared = ({ ports: _ports, volumes: _volumes, ...rest }: Record<string, unknown>) => rest;
    expect(shared(services['replica-1'])).toEqual(shared(services['replica-2']));
    expect([services['replica-1'].volumes, services['replica-2'].volumes]).toEqual([
      ['spool-1:/var/lib/audit'],
      ['spool-2:/var/lib/audit'],
    ]);
    expect(Number.parseInt(services['replica-1'].stop_grace_period, 10)).toBeGreaterThan(
      Number(services['replica-1'].environment.AUDIT_SHUTDOWN_TIMEOUT_SECONDS),
    );
  });
});

describe('every version of the deployment files', () => {
  const read = (path: string) => readFileSync(`${repository}/${path}`, 'utf8');
  const { version } = JSON.parse(read('apps/server/package.json'));

  it('of the service is that of its package', () => {
    const chart = parse(read('deploy/helm/audit-server/Chart.yaml'));
    const images = files.flatMap(({ text }) => [...text.matchAll(/\baudit-server:(\d[\w.]*)/g)]);
    expect(new Set([chart.version, chart.appVersion, ...images.map(([, tag]) => tag)])).toEqual(
      new Set([version]),
    );
  });

  it('of Node.js and pnpm is that of the repository', () => {
    const container = read('deploy/container/Containerfile');
    const { nodeVersion } = parse(read('pnpm-workspace.yaml'));
    const { packageManager } = JSON.parse(read('package.json'));
    const nodes = [...container.matchAll(/\/node:([\d.]+)-/g)].map(([, found]) => found);
    expect(nodes).toEqual([nodeVersion, nodeVersion]);
    const managers = [...container.matchAll(/\bpnpm@[\d.]+/g)].map(([found]) => found);
    expect(new Set(managers)).toEqual(new Set([packageManager]));
  });
});

/** What the test reads of the one container of the StatefulSet, whose form the schema has checked. */
function container(manifests: readonly Manifest[]) {
  const pods = manifests.find(({ kind }) => kind === 'StatefulSet');
  const [found] = (pods as unknown as StatefulSet).spec.template.spec.containers;
  if (found === undefined) throw new Error('the StatefulSet has no container');
  return { ...found, env: Object.fromEntries(found.env.map(({ name, value }) => [name, value])) };
}

interface StatefulSet {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly containers: readonly {
          readonly env: readonly { readonly name: string; readonly value?: string }[];
          readonly ports: readonly object[];
        }[];
      };
    };
  };
}
