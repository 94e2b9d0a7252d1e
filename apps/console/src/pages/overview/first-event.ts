/** A program that sends one event, to be copied. */
export interface FirstEvent {
  readonly language: string;
  readonly text: string;
}

/** How to send the first event, as a command and as a program. */
export interface FirstEventOptions {
  /** Address of the server. */
  readonly url: string;
  /** Whether the server asks for a token; it is then read from the variable `AUDIT_TOKEN`. */
  readonly needsToken: boolean;
}

/** Writes programs that send a first event to a server and work as they are. */
export function firstEvents({ url, needsToken }: FirstEventOptions): readonly FirstEvent[] {
  const header = needsToken ? ' \\\n  -H "authorization: Bearer $AUDIT_TOKEN"' : '';
  const option = needsToken ? ', token: process.env.AUDIT_TOKEN' : '';
  return [
    {
      language: 'curl',
      text: `curl -sS ${url}/api/v1/audit/events -H 'content-type: application/json'${header} -d @- <<EOF
{
  "version": "1.0",
  "event_type": "gateway.signal.received",
  "event_timestamp": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "event_category": "gateway",
  "event_action": "received",
  "event_outcome": "success",
  "correlation_id": "rr-first",
  "event_data": {
    "event_type": "gateway.signal.received",
    "signal_type": "alert",
    "alert_name": "MyFirstAlert",
    "namespace": "payments",
    "fingerprint": "first"
  }
}
EOF
`,
    },
    {
      language: 'TypeScript',
      text: `import { createAuditClient } from '@audit/client';
import { draftEvent, gatewayEvents } from '@audit/schema';

const client = createAuditClient({ url: '${url}'${option} });
client.emit(
  draftEvent(gatewayEvents.signalReceived, {
    event_outcome: 'success',
    correlation_id: 'rr-first',
    event_data: { signal_type: 'alert', alert_name: 'MyFirstAlert', namespace: 'payments', fingerprint: 'first' },
  }),
);
console.log(await client.close());
`,
    },
  ];
}
