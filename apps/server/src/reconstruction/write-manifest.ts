import { stringify } from 'yaml';
import type { RebuiltMembers } from './rebuilt-request.ts';

/** What a manifest says of itself. */
export interface ManifestIdentity {
  readonly correlationId: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Writes a RemediationRequest as YAML that readers of YAML 1.1 and 1.2 understand alike. */
export function writeManifest(members: RebuiltMembers, identity: ManifestIdentity): string {
  const manifest = {
    apiVersion: 'remediation.kubernaut.ai/v1alpha1',
    kind: 'RemediationRequest',
    metadata: metadataOf(identity),
    spec: members.spec,
    status: members.status,
  };
  return stringify(manifest, exactIntegers, {
    aliasDuplicateObjects: false,
    compat: 'yaml-1.1',
    lineWidth: 0,
  });
}

function metadataOf({ correlationId, now }: ManifestIdentity) {
  return {
    name: objectName(`rr-reconstructed-${correlationId}`, `-${Math.floor(now / 1_000)}`),
    namespace: 'kubernaut-system',
    labels: {
      'app.kubernetes.io/managed-by': 'kubernaut-datastorage',
      'kubernaut.ai/reconstructed': 'true',
      'kubernaut.ai/correlation-id': labelValue(correlationId),
    },
    annotations: {
      'kubernaut.ai/correlation-id': correlationId,
      'kubernaut.ai/reconstructed-at': new Date(now).toISOString(),
      'kubernaut.ai/reconstruction-source': 'audit-trail',
    },
    finalizers: ['kubernaut.ai/audit-retention'],
  };
}

// Kubernetes takes DNS subdomains as names, and short words as values of labels; a correlation id can be any text.
function objectName(text: string, ending: string): string {
  const name = text.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-');
  return `${name
    .slice(0, 253 - ending.length)
    .replaceAll(/[.-]*\.[.-]*/g, '.')
    .replace(/[.-]+$/, '')}${ending}`;
}

function labelValue(text: string): string {
  const value = text.replaceAll(/[^\w.-]+/g, '-').slice(0, 63);
  return value.replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/gi, '');
}

// What parseExactJson keeps as text, since a JavaScript number cannot hold it.
function exactIntegers(_name: unknown, value: unknown): unknown {
  const isText = typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === null;
  return isText ? BigInt(JSON.stringify(value)) : value;
}
