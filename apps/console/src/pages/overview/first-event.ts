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
  "event_type": "orchestrator.lifecycle.started",
  "event_timestamp": "$(date -u +%Y-%m-%dT%H:%M:%SZ)",
  "event_category": "orchestration",
  "event_action": "started",
  "event_outcome": "pending",
  "correlation_id": "rr-first",
  "event_data": {
    "event_type": "orchestrator.lifecycle.started",
    "rr_name": "rr-first",
    "namespace": "payments"
  }
}
EOF
`,
    },
    {
      language: 'TypeScript',
      text: `import { createAuditClient } from '@audit/client';
import { draftEvent, orchestratorEvents } from '@audit/schema';

const client = createAuditClient({ url: '${url}'${option} });
client.emit(
  draftEvent(orchestratorEvents.lifecycleStarted, {
    event_outcome: 'pending',
    correlation_id: 'rr-first',
    event_data: { rr_name: 'rr-first', namespace: 'payments' },
  }),
);
console.log(await client.close());
`,
    },
  ];
}
