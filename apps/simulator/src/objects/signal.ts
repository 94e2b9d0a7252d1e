import type { Signal } from '@audit/gateway';
import type { RemediationFacts } from '../scenario.ts';

/** The alert as the gateway has normalised it. */
export function signal(facts: RemediationFacts): Signal {
  const { fingerprint, incident, workload } = facts;
  const { labels, annotations } = alertTexts(facts);
  return {
    sourceType: 'prometheus-alert',
    fingerprint,
    alertName: incident.alert,
    severity: incident.severity,
    namespace: workload.namespace,
    resource: { kind: 'Deployment', name: workload.deployment },
    labels,
    annotations,
    rawPayload: JSON.stringify({
      status: 'firing',
      labels,
      annotations,
      // The alert had to hold for a minute before it fired.
      startsAt: facts.time(-60),
      generatorURL: `https://prometheus.example.com/alerts?search=${incident.alert}`,
    }),
  };
}

/** What Prometheus says about the alert. */
export function alertTexts({ incident, workload }: RemediationFacts) {
  return {
    labels: {
      alertname: incident.alert,
      severity: incident.severity,
      namespace: workload.namespace,
      deployment: workload.deployment,
      cluster: 'prod-eu-1',
    },
    annotations: {
      summary: incident.summary,
      runbook_url: `https://runbooks.example.com/${incident.alert}`,
    },
  };
}
