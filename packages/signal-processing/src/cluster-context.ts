import type { KubernetesContext } from './signal-processing.ts';
import type { Payload } from './vocabulary.ts';

/** Tells what surrounds the resource, when the context was read. */
export function surroundingMembers(context: KubernetesContext | null | undefined): Partial<Payload> {
  if (!context) return {};
  const { detectedLabels, ownerChain } = context;
  return {
    has_owner_chain: (ownerChain?.length ?? 0) > 0,
    ...commonMembers(context),
    ...(detectedLabels && {
      has_pdb: detectedLabels.hasPDB ?? false,
      has_hpa: detectedLabels.hasHPA ?? false,
    }),
  };
}

/** Tells which objects were read, when the context was. */
export function enrichmentMembers(context: KubernetesContext | null | undefined): Partial<Payload> {
  if (!context) return {};
  const { namespace, pod, deployment, workload } = context;
  return {
    has_namespace: Boolean(namespace),
    has_pod: Boolean(pod) || workload?.kind === 'Pod',
    has_deployment: Boolean(deployment) || workload?.kind === 'Deployment',
    ...commonMembers(context),
  };
}

function commonMembers({ ownerChain, degradedMode }: KubernetesContext): Partial<Payload> {
  return { owner_chain_length: ownerChain?.length ?? 0, degraded_mode: degradedMode ?? false };
}
