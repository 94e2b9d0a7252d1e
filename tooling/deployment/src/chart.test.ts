import { describe, expect, it } from 'vitest';
import { checkManifest } from './check-manifest.ts';
import { lintChart, type Manifest, renderChart } from './render-chart.ts';

const everything = [
  'serviceMonitor={"enabled":true,"labels":{"release":"prometheus"}}',
  'imagePullSecrets=[{"name":"registry"}]',
  'spool.storageClass="fast"',
  'environment={"AUDIT_RETENTION":"default=365"}',
];
const asLittleAsCanBe = ['replicas=1', 'networkPolicy.enabled=false', 'secrets.databaseOwner=""'];

async function kinds(...values: readonly string[]): Promise<readonly string[]> {
  return (await renderChart(...values)).map(({ kind, metadata }) => `${kind} ${metadata.name}`).sort();
}

async function find(kind: string, ...values: readonly string[]): Promise<Manifest> {
  const found = (await renderChart(...values)).find((manifest) => manifest.kind === kind);
  if (found === undefined) throw new Error(`the chart renders no ${kind}`);
  return found;
}

describe('the Helm chart', () => {
  it('has no fault that Helm finds', async () => {
    expect(await lintChart()).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it.each([[[]], [everything], [asLittleAsCanBe]])(
    'renders what the schemas of Kubernetes know: %j',
    async (values) => {
      for (const manifest of await renderChart(...values))
        expect(checkManifest(manifest), manifest.kind).toEqual([]);
    },
  );

  it('renders what is asked for and no more', async () => {
    expect(await kinds(...everything)).toEqual([
      'Job audit-migrate',
      'NetworkPolicy audit',
      'PodDisruptionBudget audit',
      'Service audit',
      'Service audit-replicas',
      'ServiceMonitor audit',
      'StatefulSet audit',
    ]);
    expect(await kinds(...asLittleAsCanBe)).toEqual([
      'Service audit',
      'Service audit-replicas',
      'StatefulSet audit',
    ]);
  });

  it('gives a pod five seconds more than the service takes to end', async () => {
    expect(await find('StatefulSet', 'shutdown={"delaySeconds":10,"timeoutSeconds":90}')).toMatchObject({
      spec: { template: { spec: { terminationGracePeriodSeconds: 95 } } },
    });
  });

  it('runs pods as the restricted profile of Kubernetes wants them, secrets readable by them alone', async () => {
    const restricted = {
      spec: {
        template: {
          spec: {
            automountServiceAccountToken: false,
            securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
            containers: [
              {
                securityContext: {
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: true,
                  capabilities: { drop: ['ALL'] },
                },
              },
            ],
          },
        },
      },
    };
    const pods = await find('StatefulSet');
    expect(pods).toMatchObject(restricted);
    expect(await find('Job')).toMatchObject(restricted);
    const modes = [...JSON.stringify(pods).matchAll(/"defaultMode":(\d+)/g)].map(([, mode]) => Number(mode));
    expect(modes).toEqual([0o440, 0o440, 0o440]);
  });

  it.each([
    'replicas=0',
    'replicas="2"',
    'secrets.tls=""',
    'shutdown.timeout=25',
    'environment={"DATABASE_URL":"postgresql://audit_service:secret@db/audit"}',
  ])('refuses the value %s', async (value) => {
    await expect(renderChart(value)).rejects.toThrow(/values don't meet the specifications of the schema/);
  });
});

describe('the check of manifests', () => {
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'audit', labels: { 'app.kubernetes.io/name': 'audit' } },
    spec: { ports: [{ port: 443, targetPort: 'https' }] },
  };

  it('finds nothing in a good one', () => {
    expect(checkManifest(service)).toEqual([]);
  });

  it('finds members that Kubernetes does not know', () => {
    expect(checkManifest({ ...service, spec: { ports: [{ port: 443, target: 'https' }] } })).toEqual([
      '/spec/ports/0/target',
    ]);
  });

  it('finds missing and wrong ones', () => {
    expect(() => checkManifest({ ...service, spec: { ports: [{ targetPort: 'https' }] } })).toThrow(/port/);
    expect(() => checkManifest({ ...service, spec: { ports: [{ port: 'https' }] } })).toThrow(/port/);
  });
});
