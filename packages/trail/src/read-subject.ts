import { membersOf, textOf } from './seen.ts';
import type { TrailSubject } from './trail.ts';
import type { TrailEvent } from './trail-event.ts';

/** Tells what a remediation is about: each member as the first event that has it says. */
export function readSubject(events: readonly TrailEvent[]): TrailSubject {
  const payloads = events.map(({ event_data }) => membersOf<SubjectMembers>(event_data));
  const alert = firstText(payloads.map(({ alert_name, signal }) => textOf(alert_name) ?? textOf(signal)));
  const severity = firstText(payloads.map((payload) => payload.severity));
  const resource = firstText(payloads.map(resourceOf));
  const namespace = firstText(payloads.map((payload) => payload.namespace));
  const cluster = firstText(events.map(({ cluster_name }) => cluster_name));
  return {
    ...(alert !== undefined && { alert }),
    ...(severity !== undefined && { severity }),
    ...(resource !== undefined && { resource }),
    ...(namespace !== undefined && { namespace }),
    ...(cluster !== undefined && { cluster }),
  };
}

// Members of the gateway's and the signal processing's payloads.
interface SubjectMembers {
  readonly alert_name: string;
  readonly signal: string;
  readonly severity: string;
  readonly resource_kind: string;
  readonly resource_name: string;
  readonly namespace: string;
}

function firstText(values: readonly unknown[]): string | undefined {
  return values.map(textOf).find((value) => value !== undefined);
}

function resourceOf(payload: { readonly resource_kind?: unknown; readonly resource_name?: unknown }) {
  const name = textOf(payload.resource_name);
  const kind = textOf(payload.resource_kind);
  return name === undefined ? undefined : kind === undefined ? name : `${kind} ${name}`;
}
