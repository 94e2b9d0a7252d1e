import type { Incident } from '../incident.ts';
import type { Workload } from '../scenario.ts';

/** A certificate is about to expire and nobody renewed it. */
export function certificateExpiring({ namespace, deployment }: Workload): Incident {
  return {
    alert: 'CertificateExpiring',
    severity: 'warning',
    summary: `the certificate ${deployment}-tls expires in two days`,
    investigation: {
      seconds: 11,
      toolCalls: [
        {
          tool: 'kubectl_describe',
          arguments: { kind: 'Certificate', name: `${deployment}-tls`, namespace },
          result: { ready: 'True', daysLeft: 2, renewalTime: 'none', issuer: 'internal-ca' },
        },
      ],
      rootCause: `The certificate ${deployment}-tls expires in two days. Its renewal was never requested, because the annotation that asks for it is missing.`,
      contributingFactors: ['the annotation cert-manager.io/renew-before is missing'],
    },
    workflow: {
      workflowId: 'c35d0f27-98e1-4b86-8f36-6be2f0a4d9c3',
      image: 'renew-certificate',
      version: '0.9.1',
      workflowName: 'Renew certificate',
      description: 'Requests a new certificate and waits until it is served.',
      actionType: 'RenewCertificate',
      parameters: { NAMESPACE: namespace, CERTIFICATE: `${deployment}-tls` },
      confidence: 0.97,
      rationale: 'The certificate expires in two days and its renewal was not requested.',
    },
  };
}
