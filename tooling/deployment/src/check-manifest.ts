import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import type { Manifest } from './render-chart.ts';

/** Classes whose validators are compiled from the OpenAPI schemas of Kubernetes and of the Prometheus operator. */
const models: readonly { readonly name: string; readonly prototype: { validate(): void } }[] = [
  Job,
  NetworkPolicy,
  PodDisruptionBudget,
  Service,
  ServiceMonitor,
  StatefulSet,
];

/**
 * Checks a manifest against the schema of its kind, and that the schema knows every member: the API server would drop
 * one that it does not know, and nobody would be told. A validator reads each member that its schema has, so a member
 * that it never read is unknown.
 * @returns the pointers of unknown members
 * @throws {Error} when a member is missing or has a wrong value, or no schema of the kind is at hand
 */
export function checkManifest(manifest: Manifest): readonly string[] {
  const model = models.find(({ name }) => name === manifest.kind);
  if (model === undefined) throw new Error(`no schema of ${manifest.apiVersion} ${manifest.kind} is at hand`);
  const read = new Set<string>(['/apiVersion', '/kind']);
  // Called on the manifest and not on an instance, whose constructor would read everything.
  model.prototype.validate.call(recordReads(manifest, '', read));
  return pointersOf(manifest, '').filter((pointer) => !read.has(pointer));
}

function recordReads<Value>(value: Value, pointer: string, read: Set<string>): Value {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof name === 'symbol' || !Object.hasOwn(target, name)) return member;
      read.add(`${pointer}/${name}`);
      return recordReads(member, `${pointer}/${name}`, read);
    },
  });
}

function pointersOf(value: unknown, pointer: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [
    `${pointer}/${name}`,
    ...pointersOf(member, `${pointer}/${name}`),
  ]);
}
